package dev.moviola.sweep.internal;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.Pruner;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;

/**
 * The median rule (Golovin and others, "Google Vizier: a service for black-box optimization", 2017, section 3.2.2), with
 * the value at the step itself for the others, as most tools have it.
 *
 * @param fewest how many others must have reported at the step
 * @param firstStep steps below this are not looked at
 */
public record MedianPruner(int fewest, long firstStep) implements Pruner {
    /** Checks the rules. */
    public MedianPruner {
        if (fewest < 1) {
            throw new MoviolaException("the median must be that of 1 or more trials, but was that of " + fewest);
        }
    }

    @Override
    public boolean prunes(SortedMap<Long, NavigableMap<Long, Double>> curves, long trial, long step) {
        NavigableMap<Long, Double> own = curves.get(trial);
        if (own == null || step < firstStep) {
            return false;
        }
        double best = own.headMap(step, true).values().stream()
                .mapToDouble(loss -> loss)
                .min()
                .orElse(Double.NEGATIVE_INFINITY);
        double[] others = curves.entrySet().stream()
                .filter(entry -> entry.getKey() != trial && entry.getValue().containsKey(step))
                .map(Map.Entry::getValue)
                .mapToDouble(curve -> curve.getOrDefault(step, 0.0))
                .sorted()
                .toArray();
        return others.length >= fewest && best > median(others);
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return n % 2 == 1
                ? sorted[n / 2]
                : Arrays.stream(sorted, n / 2 - 1, n / 2 + 1).average().orElse(0);
    }
}
