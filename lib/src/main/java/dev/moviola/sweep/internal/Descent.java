package dev.moviola.sweep.internal;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth function within a box: limited-memory BFGS (Nocedal and Wright, "Numerical optimization", 2006,
 * algorithm 7.4) with steps that are cut off at the bounds and halved until they lower the function enough.
 */
final class Descent {
    private static final int MEMORY = 8;
    private static final int HALVINGS = 20;
    private static final double ENOUGH = 1e-4;
    private static final double FLAT = 1e-5;

    private Descent() {}

    /** A smooth function. */
    interface Function {
        /** The value at {@code point}; writes its gradient to {@code gradient}. Infinite where it is not defined. */
        double at(double[] point, double[] gradient);
    }

    /**
     * Where a descent ended.
     *
     * @param point the lowest point that was seen
     * @param value the value there
     */
    record Found(double[] point, double value) {}

    private record Step(double[] move, double[] turn, double product) {}

    /** Descends from {@code start}, at most {@code iterations} steps. */
    static Found minimise(Function function, double[] start, double[] low, double[] high, int iterations) {
        int n = start.length;
        double[] point = clamp(start, low, high);
        double[] gradient = new double[n];
        double value = function.at(point, gradient);
        Deque<Step> memory = new ArrayDeque<>();
        for (int i = 0; i < iterations; i++) {
            boolean[] free = free(point, gradient, low, high);
            double[] direction = direction(gradient, free, memory);
            double slope = dot(direction, gradient);
            if (slope >= 0) {
                memory.clear();
                direction = direction(gradient, free, memory);
                slope = dot(direction, gradient);
            }
            if (slope > -FLAT * FLAT) {
                break;
            }
            double length = memory.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(direction, direction))) : 1;
            double[] next = point;
            double[] nextGradient = new double[n];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halving = 0; halving < HALVINGS; halving++) {
                double[] moved = new double[n];
                for (int c = 0; c < n; c++) {
                    moved[c] = point[c] + length * direction[c];
                }
                next = clamp(moved, low, high);
                nextValue = function.at(next, nextGradient);
                if (nextValue <= value + ENOUGH * length * slope) {
                    break;
                }
                length /= 2;
            }
            if (!(nextValue < value)) {
                break;
            }
            remember(memory, point, gradient, next, nextGradient);
            boolean settled = value - nextValue < 1e-9 * (1 + Math.abs(value));
            point = next;
            gradient = nextGradient;
            value = nextValue;
            if (settled) {
                break;
            }
        }
        return new Found(point, value);
    }

    private static void remember(Deque<Step> memory, double[] from, double[] before, double[] to, double[] after) {
        double[] move = minus(to, from);
        double[] turn = minus(after, before);
        double product = dot(move, turn);
        if (product > 1e-12) {
            memory.addFirst(new Step(move, turn, product));
            if (memory.size() > MEMORY) {
                memory.removeLast();
            }
        }
    }

    private static double[] direction(double[] gradient, boolean[] free, Deque<Step> memory) {
        double[] direction = gradient.clone();
        mask(direction, free);
        double[] shares = new double[memory.size()];
        int k = 0;
        for (Step step : memory) {
            shares[k] = dot(step.move(), direction) / step.product();
            add(direction, step.turn(), -shares[k++]);
        }
        Step newest = memory.peekFirst();
        if (newest != null) {
            double scale = newest.product() / dot(newest.turn(), newest.turn());
            for (int c = 0; c < direction.length; c++) {
                direction[c] *= scale;
            }
        }
        for (Iterator<Step> oldest = memory.descendingIterator(); oldest.hasNext(); ) {
            Step step = oldest.next();
            add(direction, step.move(), shares[--k] - dot(step.turn(), direction) / step.product());
        }
        mask(direction, free);
        for (int c = 0; c < direction.length; c++) {
            direction[c] = -direction[c];
        }
        return direction;
    }

    private static boolean[] free(double[] point, double[] gradient, double[] low, double[] high) {
        boolean[] free = new boolean[point.length];
        Arrays.fill(free, true);
        for (int c = 0; c < free.length; c++) {
            free[c] = !(point[c] <= low[c] && gradient[c] > 0) && !(point[c] >= high[c] && gradient[c] < 0);
        }
        return free;
    }

    private static void mask(double[] vector, boolean[] free) {
        for (int c = 0; c < vector.length; c++) {
            vector[c] = free[c] ? vector[c] : 0;
        }
    }

    private static double[] clamp(double[] point, double[] low, double[] high) {
        double[] inside = new double[point.length];
        for (int c = 0; c < point.length; c++) {
            inside[c] = Math.min(high[c], Math.max(low[c], point[c]));
        }
        return inside;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int c = 0; c < a.length; c++) {
            difference[c] = a[c] - b[c];
        }
        return difference;
    }

    private static void add(double[] to, double[] vector, double factor) {
        for (int c = 0; c < to.length; c++) {
            to[c] += factor * vector[c];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }
}
