package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.List;

/**
 * One set of values to try. With a space given beforehand they are all in {@link #settings()}; without one, each is
 * named where it is needed:
 *
 * <pre>{@code
 * double guidance = trial.suggestDouble("guidance", 1, 10);
 * long steps = trial.suggestInt("num_steps", 10, 50);
 * }</pre>
 *
 * <p>Used by one thread at a time.
 */
public final class Trial {
    private final Study study;
    private final long number;

    Trial(Study study, long number) {
        this.study = study;
        this.number = number;
    }

    /** Its place in the study, from 0. */
    public long number() {
        return number;
    }

    /** The values to try, as far as they are known: all with a space, those suggested without one. */
    public Parameters settings() {
        return study.settings(number);
    }

    /** A real number from {@code low} to {@code high}. */
    public double suggestDouble(String name, double low, double high) {
        return number(name, new Domain.Real(low, high, false, null)).doubleValue();
    }

    /** A real number from {@code low} to {@code high} in steps. */
    public double suggestDouble(String name, double low, double high, double step) {
        return number(name, new Domain.Real(low, high, false, step)).doubleValue();
    }

    /** A real number of which ratios count. */
    public double suggestLogDouble(String name, double low, double high) {
        return number(name, new Domain.Real(low, high, true, null)).doubleValue();
    }

    /** A whole number from {@code low} to {@code high}. */
    public long suggestInt(String name, long low, long high) {
        return number(name, new Domain.Whole(low, high, false, 1)).longValue();
    }

    /** One of {@code choices}: texts, numbers or truth values. */
    @SuppressWarnings("unchecked")
    public <T> T suggestCategorical(String name, List<T> choices) {
        List<Object> canonical = Parameters.of("choices", choices).list("choices");
        Object value = study.suggest(number, name, new Domain.Choice(canonical));
        return choices.get(canonical.indexOf(value));
    }

    /**
     * Reports what the trial has reached so far, for {@link #shouldPrune} and for the study's record.
     *
     * @param step how far it is, in any unit that is the same for all trials; greater than at the last report
     * @param value what it has reached, a finite number on the scale of the objective
     */
    public void report(long step, double value) {
        study.report(number, step, value);
    }

    /** Whether the study's pruner thinks, after the last report, that going on is not worth it. */
    public boolean shouldPrune() {
        return study.shouldPrune(number);
    }

    /** What an objective throws to end the trial early: {@code if (trial.shouldPrune()) throw trial.pruned();}. */
    public TrialPruned pruned() {
        return study.prunedAt(number);
    }

    private Number number(String name, Domain domain) {
        Object value = study.suggest(number, name, domain);
        if (value instanceof Number it) {
            return it;
        }
        throw new MoviolaException(name + " must be a number, but was " + value);
    }
}
