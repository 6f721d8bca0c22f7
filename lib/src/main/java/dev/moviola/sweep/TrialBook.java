package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.internal.Dominance;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The trials of a study so far, by number. Guarded by the study that owns it. */
final class TrialBook {
    private final TreeMap<Long, TrialRecord> trials = new TreeMap<>();

    /** Keeps a trial as it is now. */
    void put(TrialRecord trial) {
        trials.put(trial.number(), trial);
    }

    List<TrialRecord> all() {
        return List.copyOf(trials.values());
    }

    int size() {
        return trials.size();
    }

    /** The number of the next new trial. */
    long following() {
        return trials.isEmpty() ? 0 : trials.lastKey() + 1;
    }

    /** Trial {@code number}, which must be of this study. */
    TrialRecord of(long number) {
        TrialRecord trial = trials.get(number);
        if (trial == null) {
            throw new MoviolaException("trial " + number + " must be of this study, but is not");
        }
        return trial;
    }

    /**
     * Trial {@code number}, which must be running.
     *
     * @param why what it must be running for
     */
    TrialRecord running(long number, String why) {
        TrialRecord trial = trials.get(number);
        if (trial == null || trial.state() != TrialState.RUNNING) {
            throw new MoviolaException("trial " + number + " must be running to " + why + ", but is not");
        }
        return trial;
    }

    /** Checks that a trial that is told runs. */
    void told(long number) {
        TrialRecord trial = trials.get(number);
        if (trial == null || trial.state() != TrialState.RUNNING) {
            throw new MoviolaException("trial " + number + " must be running to be told, but is "
                    + (trial == null ? "not of this study" : trial.state()));
        }
    }

    /** The numbers of the trials that run. */
    List<Long> open() {
        return trials.values().stream()
                .filter(trial -> trial.state() == TrialState.RUNNING)
                .map(TrialRecord::number)
                .toList();
    }

    /** The complete trial with the least loss in the first goal, the earliest of equals. */
    Optional<TrialRecord> best(Goals goals) {
        TrialRecord best = null;
        double least = Double.POSITIVE_INFINITY;
        for (TrialRecord trial : trials.values()) {
            if (trial.state() == TrialState.COMPLETE && goals.losses(trial)[0] < least) {
                least = goals.losses(trial)[0];
                best = trial;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The complete trials that no other dominates. */
    List<TrialRecord> front(Goals goals) {
        List<TrialRecord> complete = trials.values().stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .toList();
        return Dominance.best(complete.stream().map(goals::losses).toList()).stream()
                .map(complete::get)
                .toList();
    }

    /** What the trials that are not complete had reached at their last report. */
    Map<Long, Double> reached(Curves curves, Goal goal) {
        Map<Long, Double> reached = new TreeMap<>();
        trials.forEach((number, trial) -> {
            NavigableMap<Long, Double> curve = curves.values(number, goal);
            if (trial.state() != TrialState.COMPLETE && !curve.isEmpty()) {
                reached.put(number, curve.lastEntry().getValue());
            }
        });
        return reached;
    }
}
