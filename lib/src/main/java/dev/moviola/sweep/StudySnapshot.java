package dev.moviola.sweep;

import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.internal.Dominance;
import dev.moviola.sweep.internal.LedgerHistory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A study as it stood at one moment: what is needed to look at it, to draw it and to tell of it. Immutable.
 *
 * @param space what may be tried
 * @param goals what is optimised, at least one thing
 * @param trials every trial, by number
 * @param reached the value of the first goal that trials without an end value had reported last, by number of the trial
 * @param times when trials ran, by number; empty for a study that is kept in memory alone
 */
public record StudySnapshot(
        Space space,
        List<Goal> goals,
        List<TrialRecord> trials,
        Map<Long, Double> reached,
        Map<Long, TrialTime> times) {
    /** Copies lists and maps, and checks the goals. */
    public StudySnapshot {
        goals = new Goals(goals).all();
        trials = List.copyOf(trials);
        reached = java.util.Collections.unmodifiableMap(new TreeMap<>(reached));
        times = java.util.Collections.unmodifiableMap(new TreeMap<>(times));
    }

    /** The study in {@code run}, which may be open for reading alone; empty when it holds none. */
    public static Optional<StudySnapshot> of(Run run) {
        return of(run.ledger());
    }

    /** The study in {@code ledger}; empty when it holds none. Nothing is written. */
    public static Optional<StudySnapshot> of(Ledger ledger) {
        return LedgerHistory.setup(ledger).map(setup -> {
            Space space = setup.object("space").list("parameters").isEmpty()
                    ? Space.empty()
                    : Space.parse(setup.object("space").json());
            LedgerHistory history = LedgerHistory.of(ledger);
            return new StudySnapshot(
                    space, StudySetup.goals(setup).all(), history.trials(), history.reached(), history.times());
        });
    }

    /** The trials that have values, by number. */
    public List<TrialRecord> complete() {
        return trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .toList();
    }

    /** The complete trial with the best value of the first goal, the earliest of equals; empty when there is none. */
    public Optional<TrialRecord> best() {
        TrialRecord best = null;
        Direction direction = goals.get(0).direction();
        for (TrialRecord trial : complete()) {
            if (best == null
                    || direction.loss(trial.values().get(0))
                            < direction.loss(best.values().get(0))) {
                best = trial;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The complete trials of which no other is better in one goal without being worse in another, by number. */
    public List<TrialRecord> front() {
        Goals all = new Goals(goals);
        List<TrialRecord> complete = complete();
        return Dominance.best(complete.stream().map(all::losses).toList()).stream()
                .map(complete::get)
                .toList();
    }
}
