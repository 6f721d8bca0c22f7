package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.Pruner;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hyperband (Li and others, "Hyperband: a novel bandit-based approach to hyperparameter optimization", 2018) over
 * asynchronous halving: trials are dealt to brackets that begin to compare at ever later steps, and each competes within
 * its bracket. An earlier bracket gets more of the trials than the next, as fewer of them last.
 *
 * @param firstRung the first step at which the first bracket compares
 * @param factor how many compete for one place
 * @param brackets how many brackets there are, 1..20
 */
public record HyperbandPruner(long firstRung, int factor, int brackets) implements Pruner {
    /** Checks the rules. */
    public HyperbandPruner {
        if (brackets < 1 || brackets > 20 || firstRung * Math.pow(factor, brackets) > Long.MAX_VALUE) {
            throw new MoviolaException("hyperband must have 1..20 brackets that begin below step 2^63, but has "
                    + brackets + " from step " + firstRung + " by a factor of " + factor);
        }
        new HalvingPruner(firstRung, factor);
    }

    @Override
    public boolean prunes(SortedMap<Long, NavigableMap<Long, Double>> curves, long trial, long step) {
        int bracket = bracket(trial);
        TreeMap<Long, NavigableMap<Long, Double>> own = new TreeMap<>();
        curves.forEach((number, curve) -> {
            if (bracket(number) == bracket) {
                own.put(number, curve);
            }
        });
        long rung = firstRung;
        for (int i = 0; i < bracket; i++) {
            rung *= factor;
        }
        return new HalvingPruner(rung, factor).prunes(own, trial, step);
    }

    /** The bracket of a trial, from 0: of three, trials go to 0 1 2 0 1 0, and again. */
    int bracket(long trial) {
        int round = brackets * (brackets + 1) / 2;
        int at = (int) (trial % round);
        for (int width = brackets; at >= width; width--) {
            at -= width;
        }
        return at;
    }
}
