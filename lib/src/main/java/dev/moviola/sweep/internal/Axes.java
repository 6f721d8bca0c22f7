package dev.moviola.sweep.internal;

import java.util.Arrays;

/** Points in the order of each of their coordinates, kept while points come in. For one thread. */
final class Axes {
    private final int[][] order;
    private double[][] points = new double[64][];
    private int size;

    Axes(int coordinates) {
        order = new int[coordinates][64];
    }

    /** How many points there are. */
    int size() {
        return size;
    }

    /** Adds a point, whose number is {@link #size()} before; among equals it comes last. */
    void add(double[] point) {
        if (size == points.length) {
            points = Arrays.copyOf(points, 2 * size);
            for (int c = 0; c < order.length; c++) {
                order[c] = Arrays.copyOf(order[c], 2 * size);
            }
        }
        points[size] = point;
        for (int c = 0; c < order.length; c++) {
            int at = place(order[c], c, point[c]);
            System.arraycopy(order[c], at, order[c], at + 1, size - at);
            order[c][at] = size;
        }
        size++;
    }

    private int place(int[] sorted, int c, double value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Double.compare(points[sorted[middle]][c], value) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * How far each chosen point lies along a coordinate from the farther of its two neighbours among the chosen; the
     * first and the last from the only one, and a point that is alone from the farther end of the unit interval.
     *
     * @param chosen for each point its place in {@code into}, or -1 when it is not chosen
     * @param into one value for each chosen point
     */
    void gaps(int coordinate, int[] chosen, double[] into) {
        int[] sorted = order[coordinate];
        int count = 0;
        int last = -1;
        double before = 0;
        double value = 0;
        for (int i = 0; i < size; i++) {
            int place = chosen[sorted[i]];
            if (place < 0) {
                continue;
            }
            double next = points[sorted[i]][coordinate];
            if (last >= 0) {
                into[last] = count == 1 ? next - value : Math.max(value - before, next - value);
                before = value;
            }
            value = next;
            last = place;
            count++;
        }
        if (last >= 0) {
            into[last] = count == 1 ? Math.max(value, 1 - value) : value - before;
        }
    }
}
