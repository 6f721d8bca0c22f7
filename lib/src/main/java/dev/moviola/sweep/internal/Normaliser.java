package dev.moviola.sweep.internal;

import java.util.Arrays;

/**
 * Brings values close to a standard normal distribution without changing their order: by their median and spread, then
 * by the power transformation of Yeo and Johnson ("A new family of power transformations to improve normality or
 * symmetry", 2000) whose likelihood is highest, then to mean 0 and variance 1.
 */
final class Normaliser {
    private static final int POWERS = 17;

    private Normaliser() {}

    /** The values, transformed; all 0 when they are all alike. */
    static double[] of(double[] values) {
        int n = values.length;
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = sorted[n / 2];
        double spread = (sorted[Math.min(n - 1, 3 * n / 4)] - sorted[n / 4]) / 1.349;
        if (!(spread > 0)) {
            spread = sorted[n - 1] - sorted[0];
        }
        if (!(spread > 0) || Double.isInfinite(spread)) {
            return new double[n];
        }
        double[] scaled = new double[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = (values[i] - median) / spread;
        }
        double[] best = scaled;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < POWERS; k++) {
            double power = -1 + k * 2.0 / (POWERS - 1);
            double[] tried = new double[n];
            double stretch = 0;
            for (int i = 0; i < n; i++) {
                tried[i] = bent(scaled[i], power);
                stretch += (power - 1) * Math.signum(scaled[i]) * StrictMath.log1p(Math.abs(scaled[i]));
            }
            double likelihood = stretch - 0.5 * n * StrictMath.log(variance(tried));
            if (likelihood > most) {
                most = likelihood;
                best = tried;
            }
        }
        double mean = Arrays.stream(best).average().orElse(0);
        double deviation = Math.sqrt(variance(best));
        double[] normal = new double[n];
        for (int i = 0; i < n; i++) {
            normal[i] = (best[i] - mean) / deviation;
        }
        return normal;
    }

    private static double bent(double x, double power) {
        if (x >= 0) {
            return power == 0 ? StrictMath.log1p(x) : (StrictMath.pow(x + 1, power) - 1) / power;
        }
        return power == 2 ? -StrictMath.log1p(-x) : -(StrictMath.pow(1 - x, 2 - power) - 1) / (2 - power);
    }

    private static double variance(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.max(sum / values.length, Double.MIN_NORMAL);
    }
}
