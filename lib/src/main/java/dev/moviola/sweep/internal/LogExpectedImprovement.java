package dev.moviola.sweep.internal;

/**
 * The logarithm of the expected improvement, stable also where the improvement is far below what a double holds (Ament,
 * Daulton, Eriksson, Balandat and Bakshy, "Unexpected improvements to expected improvement", 2023).
 */
final class LogExpectedImprovement {
    private static final double LOG_ROOT_OF_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);
    private static final int FRACTIONS = 60;

    private LogExpectedImprovement() {}

    /** Of a normal distribution below {@code incumbent}, less being better. */
    static double of(double mean, double deviation, double incumbent) {
        return StrictMath.log(deviation) + of((incumbent - mean) / deviation);
    }

    /** {@code log(phi(z) + z Phi(z))} of the standard normal density and distribution. */
    static double of(double z) {
        double density = -0.5 * z * z - LOG_ROOT_OF_TWO_PI;
        if (z > -1) {
            double tail = Math.abs(z) < 1e-300 ? 0.5 : distribution(z);
            return StrictMath.log(StrictMath.exp(density) + z * tail);
        }
        double away = -z;
        // 1 - |z| R(|z|) with Mills' ratio R loses its digits far out, where it tends to 1/z^2 - 3/z^4
        double rest = away > 1e3 ? (1 - 3 / (away * away)) / (away * away) : 1 - away * mills(away);
        return density + StrictMath.log(rest);
    }

    private static double distribution(double z) {
        if (z > 1) {
            return 1 - mills(z) * StrictMath.exp(-0.5 * z * z - LOG_ROOT_OF_TWO_PI);
        }
        // the power series of the distribution around 0 (Marsaglia, "Evaluating the normal distribution", 2004)
        double term = z;
        double sum = z;
        for (int i = 3; Math.abs(term) > 1e-18; i += 2) {
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * StrictMath.exp(-0.5 * z * z - LOG_ROOT_OF_TWO_PI);
    }

    /** Mills' ratio of the upper tail at {@code x >= 1}, as Laplace's continued fraction. */
    private static double mills(double x) {
        double fraction = x;
        for (int k = FRACTIONS + (x < 2 ? 200 : 0); k >= 1; k--) {
            fraction = x + k / fraction;
        }
        return 1 / fraction;
    }
}
