package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.internal.StudyStore;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What the trials of a study reported on their way, as losses. Guarded by the study that owns it. */
final class Curves {
    private final TreeMap<Long, NavigableMap<Long, Double>> losses = new TreeMap<>();

    /** Keeps what was read from the store. */
    void put(StudyStore.Report report, Goal goal) {
        losses.computeIfAbsent(report.number(), key -> new TreeMap<>())
                .put(report.step(), goal.direction().loss(report.value()));
    }

    /** Checks a report that comes from a trial. */
    StudyStore.Report check(long number, long step, double value, Goal goal) {
        if (!Double.isFinite(value)) {
            throw new MoviolaException("the " + goal.metric() + " that trial " + number + " reports at step " + step
                    + " must be a finite number, but was " + value);
        }
        NavigableMap<Long, Double> curve = losses.get(number);
        if (curve != null && step <= curve.lastKey()) {
            throw new MoviolaException("the steps that trial " + number + " reports must rise, but after "
                    + curve.lastKey() + " came " + step);
        }
        return new StudyStore.Report(number, step, value);
    }

    /** Forgets what a trial reported, because it begins again. */
    void forget(long number) {
        losses.remove(number);
    }

    /** The value at each step. */
    NavigableMap<Long, Double> values(long number, Goal goal) {
        NavigableMap<Long, Double> values = new TreeMap<>();
        losses.getOrDefault(number, new TreeMap<>())
                .forEach((step, loss) -> values.put(step, goal.direction().loss(loss)));
        return values;
    }

    boolean prunes(Pruner pruner, long number) {
        NavigableMap<Long, Double> curve = losses.get(number);
        return curve != null && pruner.prunes(losses, number, curve.lastKey());
    }

    /** What ends a trial early, with how far it had come. */
    TrialPruned pruned(long number, Goal goal) {
        NavigableMap<Long, Double> curve = values(number, goal);
        return new TrialPruned(
                curve.isEmpty()
                        ? "pruned before its first report"
                        : "pruned at step " + curve.lastKey() + " with " + goal.metric() + " "
                                + curve.lastEntry().getValue());
    }
}
