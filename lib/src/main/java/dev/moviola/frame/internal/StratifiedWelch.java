package dev.moviola.frame.internal;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The difference of two means within strata, with Welch's interval.
 *
 * <p>With {@code n1}, {@code n0} values in a stratum and weights {@code w = n1 n0 / (n1 + n0)}, normalised to sum 1, the
 * difference is {@code sum w (mean1 - mean0)}. Each side has one variance, pooled over strata. The degrees of freedom
 * are Satterthwaite's. With one stratum this is Welch's test exactly. Strata that lack a side are left out. Not safe for
 * use by several threads.
 */
public final class StratifiedWelch {
    private static final double CONFIDENCE = 0.95;

    private final double[][][] moments;

    /** A test without values yet. */
    public StratifiedWelch(int strata) {
        this.moments = new double[strata][2][3];
    }

    /** Takes a value. */
    public void add(int stratum, boolean with, double value) {
        double[] side = moments[stratum][with ? 1 : 0];
        side[0]++;
        double delta = value - side[1];
        side[1] += delta / side[0];
        side[2] += delta * (value - side[1]);
    }

    /** The outcome; empty when no stratum has both sides. */
    public Optional<Result> result() {
        double weights = 0;
        double difference = 0;
        double[] count = new double[2];
        double[] sum = new double[2];
        double[] squares = new double[2];
        double[] freedom = new double[2];
        double[] share = new double[2];
        for (double[][] stratum : moments) {
            double n0 = stratum[0][0];
            double n1 = stratum[1][0];
            if (n0 == 0 || n1 == 0) {
                continue;
            }
            double weight = n1 * n0 / (n1 + n0);
            weights += weight;
            difference += weight * (stratum[1][1] - stratum[0][1]);
            for (int side = 0; side < 2; side++) {
                double n = stratum[side][0];
                count[side] += n;
                sum[side] += n * stratum[side][1];
                squares[side] += stratum[side][2];
                freedom[side] += n - 1;
                share[side] += weight * weight / n;
            }
        }
        if (weights == 0) {
            return Optional.empty();
        }
        double mean1 = sum[1] / count[1];
        double mean0 = sum[0] / count[0];
        difference /= weights;
        double low = Double.NaN;
        double high = Double.NaN;
        double p = Double.NaN;
        if (freedom[0] > 0 && freedom[1] > 0) {
            double v1 = squares[1] / freedom[1] * share[1] / (weights * weights);
            double v0 = squares[0] / freedom[0] * share[0] / (weights * weights);
            double error = Math.sqrt(v1 + v0);
            // Without any spread there is nothing to judge a difference by, except that none is none.
            if (error > 1e-12) {
                double df = (v1 + v0) * (v1 + v0) / (v1 * v1 / freedom[1] + v0 * v0 / freedom[0]);
                TDistribution student = new TDistribution(null, df);
                double reach = student.inverseCumulativeProbability((1 + CONFIDENCE) / 2) * error;
                low = difference - reach;
                high = difference + reach;
                p = 2 * student.cumulativeProbability(-Math.abs(difference / error));
            }
        }
        return Optional.of(new Result((int) count[1], (int) count[0], mean1, mean0, difference, low, high, p));
    }

    /**
     * The outcome of a test.
     *
     * @param with values on the first side
     * @param without values on the other
     * @param meanWith mean of the first side
     * @param meanWithout mean of the other
     * @param difference the difference within strata
     * @param low lower end of its 95 % interval, NaN when a side has no spread to judge by
     * @param high upper end
     * @param p two-sided
     */
    public record Result(
            int with,
            int without,
            double meanWith,
            double meanWithout,
            double difference,
            double low,
            double high,
            double p) {}
}
