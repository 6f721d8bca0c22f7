package dev.moviola.sweep.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far points lie from those next to them: the root of the mean square of the way to the three nearest points, along
 * each coordinate. Which are nearest is judged over all coordinates together, each measured by its deviation, so that
 * points of one optimum are not taken for neighbours of those of another that happen to agree in a coordinate.
 */
final class Spread {
    private static final int NEIGHBOURS = 3;
    // A point that is alone says nothing about its surroundings; this is the deviation of a uniform coordinate.
    private static final double ALONE = 0.2886751345948129;

    private final double[][] points;
    private final int[] coordinates;
    private final int[] choices;
    private final int[][] nearest;

    /**
     * @param points at most some dozens, since all pairs are looked at
     * @param weights one positive weight for each point, with which deviations are taken
     * @param coordinates which coordinates of the points to look at
     * @param choices for each of these the number of choices, or 0 when it is ordered
     */
    Spread(double[][] points, double[] weights, int[] coordinates, int[] choices) {
        this.points = points;
        this.coordinates = coordinates;
        this.choices = choices;
        double[] variance = new double[coordinates.length];
        for (int c = 0; c < coordinates.length; c++) {
            variance[c] = Math.max(Double.MIN_NORMAL, variance(weights, coordinates[c]));
        }
        nearest = new int[points.length][];
        for (int k = 0; k < nearest.length; k++) {
            nearest[k] = nearest(k, variance);
        }
    }

    /** Writes the spread around each point along the ordered coordinate {@code coordinates[c]} to {@code into}. */
    void along(int c, double[] into) {
        if (nearest.length == 1) {
            into[0] = ALONE;
            return;
        }
        for (int k = 0; k < nearest.length; k++) {
            double sum = 0;
            for (int other : nearest[k]) {
                sum += square(points[other][coordinates[c]] - points[k][coordinates[c]]);
            }
            into[k] = Math.sqrt(sum / nearest[k].length);
        }
    }

    private double variance(double[] weights, int coordinate) {
        double total = Arrays.stream(weights).sum();
        double mean = 0;
        for (int k = 0; k < weights.length; k++) {
            mean += weights[k] / total * points[k][coordinate];
        }
        double variance = 0;
        for (int k = 0; k < weights.length; k++) {
            variance += weights[k] / total * square(points[k][coordinate] - mean);
        }
        return variance;
    }

    private int[] nearest(int k, double[] variance) {
        double[] way = new double[points.length];
        for (int other = 0; other < way.length; other++) {
            for (int c = 0; c < coordinates.length; c++) {
                double apart = points[other][coordinates[c]] - points[k][coordinates[c]];
                way[other] += choices[c] == 0 ? square(apart) / variance[c] : apart == 0 ? 0 : 1;
            }
        }
        return IntStream.range(0, way.length)
                .filter(other -> other != k)
                .boxed()
                .sorted(Comparator.comparingDouble(other -> way[other]))
                .limit(NEIGHBOURS)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double square(double x) {
        return x * x;
    }
}
