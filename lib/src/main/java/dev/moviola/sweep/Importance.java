package dev.moviola.sweep;

import dev.moviola.sweep.internal.Forest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How much each parameter matters: by how much a random forest that has learned the trials errs more when the values of
 * that parameter are shuffled among them (permutation importance; Breiman, 2001). Values count by their rank, so that a
 * few very bad trials do not drown the rest.
 */
public final class Importance {
    private static final int FEWEST = 8;
    private static final int MOST = 2_000;
    private static final int SHUFFLES = 5;

    private Importance() {}

    /**
     * The shares of the parameters of {@code space}, which sum to 1, the greatest first; all 0 when nothing was learned,
     * and empty with fewer than 8 complete trials. The same trials give the same shares. Of more than 2,000 every so many
     * are learned from.
     *
     * @param goal which goal of the study, from 0
     */
    public static Map<String, Double> of(Space space, List<TrialRecord> trials, int goal) {
        List<TrialRecord> complete = some(trials.stream()
                .filter(trial -> trial.state() == TrialState.COMPLETE)
                .toList());
        if (complete.size() < FEWEST) {
            return Map.of();
        }
        int width =
                space.dimensions().stream().mapToInt(d -> d.domain().width()).sum();
        double[][] x = new double[complete.size()][width];
        double[] value = new double[complete.size()];
        for (int i = 0; i < x.length; i++) {
            int at = 0;
            for (Dimension dimension : space.dimensions()) {
                Object setting = complete.get(i).settings().asMap().get(dimension.name());
                if (setting == null) {
                    Arrays.fill(x[i], at, at + dimension.domain().width(), -1);
                } else {
                    dimension.domain().locate(setting, x[i], at);
                }
                at += dimension.domain().width();
            }
            value[i] = complete.get(i).values().get(goal);
        }
        double[] rank = ranks(value);
        Forest forest = Forest.grow(x, rank, 64, 1);
        double base = error(forest, x, rank);
        Map<String, Double> found = new LinkedHashMap<>();
        int at = 0;
        double total = 0;
        for (Dimension dimension : space.dimensions()) {
            double more = 0;
            for (int s = 0; s < SHUFFLES; s++) {
                more += error(forest, shuffled(x, at, dimension.domain().width(), s), rank) - base;
            }
            at += dimension.domain().width();
            found.put(dimension.name(), Math.max(0, more / SHUFFLES));
            total += Math.max(0, more / SHUFFLES);
        }
        double all = total;
        Map<String, Double> shares = new LinkedHashMap<>();
        found.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> shares.put(entry.getKey(), all == 0 ? 0 : entry.getValue() / all));
        return Collections.unmodifiableMap(shares);
    }

    private static List<TrialRecord> some(List<TrialRecord> trials) {
        if (trials.size() <= MOST) {
            return trials;
        }
        List<TrialRecord> some = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            some.add(trials.get((int) ((long) i * trials.size() / MOST)));
        }
        return some;
    }

    private static double[][] shuffled(double[][] x, int from, int width, int shuffle) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            order.add(i);
        }
        SplittableRandom random = new SplittableRandom(shuffle);
        for (int i = x.length - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        double[][] copy = new double[x.length][];
        for (int i = 0; i < x.length; i++) {
            copy[i] = x[i].clone();
            System.arraycopy(x[order.get(i)], from, copy[i], from, width);
        }
        return copy;
    }

    private static double error(Forest forest, double[][] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double off = forest.predict(x[i]) - y[i];
            sum += off * off;
        }
        return sum / x.length;
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < ranks.length; i++) {
            int low = 0;
            int high = 0;
            for (double other : sorted) {
                low += other < values[i] ? 1 : 0;
                high += other <= values[i] ? 1 : 0;
            }
            ranks[i] = (low + high) / 2.0 / ranks.length;
        }
        return ranks;
    }
}
