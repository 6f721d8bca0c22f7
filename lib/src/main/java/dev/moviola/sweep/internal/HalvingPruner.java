package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.Pruner;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;

/**
 * Asynchronous successive halving (Li and others, "A system for massively parallel hyperparameter tuning", 2020), in the
 * form that decides when a trial reaches a rung and never brings one back. What counts at a rung is the value that a trial
 * reported at the first step that reached it.
 *
 * @param firstRung the first step at which trials are compared
 * @param factor how many compete for one place
 */
public record HalvingPruner(long firstRung, int factor) implements Pruner {
    /** Checks the rules. */
    public HalvingPruner {
        if (firstRung < 1 || factor < 2) {
            throw new MoviolaException("halving must begin at step 1 or later and by a factor of 2 or more, but was "
                    + firstRung + " and " + factor);
        }
    }

    @Override
    public boolean prunes(SortedMap<Long, NavigableMap<Long, Double>> curves, long trial, long step) {
        NavigableMap<Long, Double> own = curves.get(trial);
        if (own == null) {
            return false;
        }
        Long before = own.lowerKey(step);
        for (long rung = firstRung; rung <= step; rung *= factor) {
            // a rung is passed once, by the first step at or beyond it
            if ((before == null || before < rung) && !among(curves, own, rung)) {
                return true;
            }
            if (rung > Long.MAX_VALUE / factor) {
                break;
            }
        }
        return false;
    }

    private boolean among(
            SortedMap<Long, NavigableMap<Long, Double>> curves, NavigableMap<Long, Double> mine, long rung) {
        double own = at(mine, rung);
        int arrived = 0;
        int better = 0;
        for (NavigableMap<Long, Double> curve : curves.values()) {
            double loss = at(curve, rung);
            if (!Double.isNaN(loss)) {
                arrived++;
                better += loss < own ? 1 : 0;
            }
        }
        return better < Math.max(1, arrived / factor);
    }

    /** The loss with which a curve came to a rung, NaN when it did not get there. */
    private static double at(NavigableMap<Long, Double> curve, long rung) {
        Map.Entry<Long, Double> reached = curve.ceilingEntry(rung);
        return reached == null ? Double.NaN : reached.getValue();
    }
}
