package dev.moviola.sweep.internal;

/**
 * The standard normal distribution function from a table, the same on every JDK: exact to 1e-8 at multiples of 1/512,
 * and linear between them, with an error below 2e-7.
 */
final class Normal {
    private static final int PER_UNIT = 512;
    private static final int WIDEST = 6;
    private static final double[] BELOW = table();

    private Normal() {}

    private static double[] table() {
        double[] below = new double[WIDEST * PER_UNIT + 2];
        double step = 1.0 / PER_UNIT;
        below[0] = 0.5;
        for (int i = 1; i < below.length; i++) {
            double from = (i - 1) * step;
            // Simpson's rule.
            below[i] = below[i - 1] + step / 6 * (density(from) + 4 * density(from + step / 2) + density(from + step));
        }
        return below;
    }

    private static double density(double z) {
        return StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /** The share of a standard normal distribution that lies below {@code z}. */
    static double below(double z) {
        double wide = Math.abs(z) * PER_UNIT;
        if (!(wide < WIDEST * PER_UNIT)) {
            return z > 0 ? 1 : 0;
        }
        int i = (int) wide;
        double share = BELOW[i] + (wide - i) * (BELOW[i + 1] - BELOW[i]);
        return z > 0 ? share : 1 - share;
    }
}
