package dev.moviola.sweep.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A random forest for regression: each tree learns a bootstrap sample, each split looks at two thirds of the columns. */
public final class Forest {
    private static final int LEAST_TO_SPLIT = 4;
    private static final int DEEPEST = 12;

    private final List<Node> trees;

    private Forest(List<Node> trees) {
        this.trees = trees;
    }

    private record Node(
            double value,
            int column,
            double limit,
            @Nullable Node below,
            @Nullable Node above) {}

    private record Split(int column, double limit, double gain) {}

    /** Learns rows {@code x} with values {@code y}; the same seed gives the same forest. */
    public static Forest grow(double[][] x, double[] y, int trees, long seed) {
        List<Node> grown = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int t = 0; t < trees; t++) {
            int[] rows = new int[x.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = random.nextInt(x.length);
            }
            grown.add(node(x, y, rows, 0, random));
        }
        return new Forest(grown);
    }

    /** The mean of what the trees say of a row. */
    public double predict(double[] row) {
        double sum = 0;
        for (Node tree : trees) {
            Node at = tree;
            while (at.below() != null && at.above() != null) {
                at = row[at.column()] <= at.limit() ? at.below() : at.above();
            }
            sum += at.value();
        }
        return sum / trees.size();
    }

    private static Node node(double[][] x, double[] y, int[] rows, int depth, SplittableRandom random) {
        double mean = Arrays.stream(rows).mapToDouble(row -> y[row]).average().orElse(0);
        Split best = rows.length < LEAST_TO_SPLIT || depth == DEEPEST ? null : split(x, y, rows, random);
        if (best == null) {
            return new Node(mean, -1, 0, null, null);
        }
        int[] low = Arrays.stream(rows)
                .filter(row -> x[row][best.column()] <= best.limit())
                .toArray();
        int[] high = Arrays.stream(rows)
                .filter(row -> x[row][best.column()] > best.limit())
                .toArray();
        return new Node(
                mean,
                best.column(),
                best.limit(),
                node(x, y, low, depth + 1, random),
                node(x, y, high, depth + 1, random));
    }

    private static @Nullable Split split(double[][] x, double[] y, int[] rows, SplittableRandom random) {
        Split best = null;
        for (int column = 0; column < x[0].length; column++) {
            if (x[0].length > 1 && random.nextInt(3) == 0) {
                continue;
            }
            int at = column;
            Integer[] order = Arrays.stream(rows).boxed().toArray(Integer[]::new);
            Arrays.sort(order, Comparator.comparingDouble(row -> x[row][at]));
            double total = Arrays.stream(rows).mapToDouble(row -> y[row]).sum();
            double left = 0;
            for (int i = 1; i < order.length; i++) {
                left += y[order[i - 1]];
                double low = x[order[i - 1]][column];
                double high = x[order[i]][column];
                double right = total - left;
                double gain = left * left / i + right * right / (order.length - i) - total * total / order.length;
                if (low < high && gain > 1e-12 && (best == null || gain > best.gain())) {
                    best = new Split(column, low + (high - low) / 2, gain);
                }
            }
        }
        return best;
    }
}
