package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trial.
 *
 * @param number its place in the study, from 0
 * @param state where it stands
 * @param settings the values it tries
 * @param values what it reached for each goal of the study, finite numbers; empty unless it is COMPLETE
 * @param failure why there is no value; null unless it FAILED or was PRUNED
 */
public record TrialRecord(
        long number,
        TrialState state,
        Parameters settings,
        List<Double> values,
        @Nullable String failure) {
    /** Checks that there are finite values exactly when the trial is complete. */
    public TrialRecord {
        values = List.copyOf(values);
        if ((state == TrialState.COMPLETE) == values.isEmpty()
                || !values.stream().allMatch(Double::isFinite)) {
            throw new MoviolaException("trial " + number
                    + " must have finite values when it is complete and none else, but is " + state + " with "
                    + values);
        }
    }

    /** The record of a trial with one goal. */
    public TrialRecord(
            long number, TrialState state, Parameters settings, @Nullable Double value, @Nullable String failure) {
        this(number, state, settings, value == null ? List.of() : List.of(value), failure);
    }

    /** What it reached for the first goal; null unless it is COMPLETE. */
    public @Nullable Double value() {
        return values.isEmpty() ? null : values.get(0);
    }
}
