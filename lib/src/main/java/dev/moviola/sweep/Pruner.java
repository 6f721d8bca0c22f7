package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.internal.HalvingPruner;
import dev.moviola.sweep.internal.HyperbandPruner;
import dev.moviola.sweep.internal.MedianPruner;
import java.util.NavigableMap;
import java.util.SortedMap;

/** Decides which trials are not worth going on with, from what they report on their way. Immutable. */
public interface Pruner {
    /**
     * Whether a trial should end.
     *
     * @param curves the loss that each trial reported at each step, by number of the trial, those that have ended
     *     included; less is better
     * @param trial the trial, which is among them
     * @param step its newest step
     */
    boolean prunes(SortedMap<Long, NavigableMap<Long, Double>> curves, long trial, long step);

    /** Lets every trial go on. */
    static Pruner none() {
        return (curves, trial, step) -> false;
    }

    /**
     * Ends a trial whose best value so far is worse than the median of what the others had reported at that step, once
     * five others had got there.
     */
    static Pruner median() {
        return new MedianPruner(5, 0);
    }

    /**
     * Like {@link #median()}.
     *
     * @param fewest how many others must have reported at the step, at least 1
     * @param firstStep steps below this are not looked at
     */
    static Pruner median(int fewest, long firstStep) {
        return new MedianPruner(fewest, firstStep);
    }

    /**
     * Asynchronous successive halving: at steps {@code firstRung}, {@code firstRung * factor}, {@code firstRung *
     * factor^2} … only the best of every {@code factor} trials that came so far go on.
     *
     * @param firstRung the first step at which trials are compared, at least 1
     * @param factor how many compete for one place, at least 2
     */
    static Pruner halving(long firstRung, int factor) {
        return new HalvingPruner(firstRung, factor);
    }

    /**
     * Hyperband: halving in three brackets that begin to compare at {@code firstRung}, {@code firstRung * factor} and
     * {@code firstRung * factor^2}, for trials of which it is not known how early they tell.
     *
     * @param firstRung the first step at which trials are compared, at least 1
     * @param factor how many compete for one place, at least 2
     */
    static Pruner hyperband(long firstRung, int factor) {
        return new HyperbandPruner(firstRung, factor, 3);
    }

    /**
     * The pruner called {@code name}: none, median, halving, asha (another name for halving) or hyperband; the last three
     * from step 1 by a factor of 3.
     *
     * @throws MoviolaException when there is none of that name
     */
    static Pruner named(String name) {
        return switch (name) {
            case "none" -> none();
            case "median" -> median();
            case "halving", "asha" -> halving(1, 3);
            case "hyperband" -> hyperband(1, 3);
            default ->
                throw new MoviolaException(
                        "a pruner must be one of none, median, halving, asha, hyperband, but was " + name);
        };
    }
}
