package dev.moviola.sweep.internal;

import java.util.List;

/**
 * A mixture of one product kernel for each observed point and a flat one as a prior, over some coordinates of the unit
 * cube: truncated normals on ordered coordinates, smoothed counts on choices. The bandwidth follows Scott's rule,
 * {@code n^(-1/(d+4))}, and does not fall below {@code 1/min(100, n+1)} of the range nor below half a step.
 */
final class ParzenEstimator {
    private static final double WIDEST = 0.2;
    private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);
    private static final double NEGLIGIBLE = -45;

    private final List<double[]> points;
    private final double[] logWeight;
    private final int[] coordinates;
    private final int[] choices;
    private final double[] sigma;
    private final double[] inverse;
    private final double[] logSame;
    private final double logOther;
    private final double[] logNorm;

    /**
     * @param points what was observed
     * @param weights one positive weight for each point; the prior has weight 1
     * @param coordinates which coordinates of the points to look at
     * @param choices for each of these the number of choices, or 0 when it is ordered
     * @param step for each of these the distance of neighbours in the unit cube, 0 for a continuum
     */
    ParzenEstimator(List<double[]> points, double[] weights, int[] coordinates, int[] choices, double[] step) {
        this.points = points;
        this.coordinates = coordinates;
        this.choices = choices;
        int n = points.size();
        double total = 1;
        for (double weight : weights) {
            total += weight;
        }
        logWeight = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            logWeight[k] = StrictMath.log((k < n ? weights[k] : 1) / total);
        }
        double scott = WIDEST * StrictMath.pow(Math.max(n, 1), -1.0 / (coordinates.length + 4));
        double narrowest = 1.0 / Math.min(100, n + 1);
        sigma = new double[coordinates.length];
        for (int c = 0; c < coordinates.length; c++) {
            sigma[c] = Math.max(Math.max(scott, Math.min(narrowest, WIDEST)), step[c] / 2);
        }
        inverse = new double[coordinates.length];
        logSame = new double[coordinates.length];
        for (int c = 0; c < coordinates.length; c++) {
            inverse[c] = 1 / sigma[c];
            logSame[c] = choices[c] == 0 ? 0 : StrictMath.log(loyalty() * choices[c] + 1 - loyalty());
        }
        logOther = StrictMath.log(1 - loyalty());
        logNorm = new double[n];
        for (int k = 0; k < n; k++) {
            logNorm[k] = logNorm(points.get(k));
        }
    }

    /** The logarithm of what scales a kernel's ordered coordinates to a density within the cube. */
    private double logNorm(double[] center) {
        double log = 0;
        double product = 1;
        for (int c = 0; c < coordinates.length; c++) {
            if (choices[c] == 0) {
                double at = center[coordinates[c]];
                double mass = below((1 - at) / sigma[c]) - below(-at / sigma[c]);
                product *= Math.max(1e-6, mass) * sigma[c] * ROOT_OF_TWO_PI;
                // One logarithm for many factors, taken before their product can underflow.
                if (product < 1e-200) {
                    log -= StrictMath.log(product);
                    product = 1;
                }
            }
        }
        return log - StrictMath.log(product);
    }

    /** Draws a point: writes its coordinates to {@code into}. */
    void draw(Dice dice, double[] into) {
        double u = dice.unit();
        int kernel = 0;
        while (kernel < points.size() && (u -= Exp.of(logWeight[kernel])) >= 0) {
            kernel++;
        }
        for (int c = 0; c < coordinates.length; c++) {
            boolean flat = kernel == points.size();
            double at = flat ? 0 : points.get(kernel)[coordinates[c]];
            double drawn;
            if (flat || (choices[c] > 0 && dice.unit() >= loyalty())) {
                drawn = dice.unit();
            } else if (choices[c] > 0) {
                drawn = at;
            } else {
                do {
                    drawn = at + sigma[c] * dice.normal();
                } while (drawn < 0 || drawn > 1);
            }
            into[coordinates[c]] = drawn;
        }
    }

    /** The logarithm of the density at {@code point}. */
    double logDensity(double[] point) {
        int n = points.size();
        double[] terms = new double[n + 1];
        double most = logWeight[n];
        terms[n] = logWeight[n];
        for (int k = 0; k < n; k++) {
            double term = logWeight[k] + logNorm[k];
            double[] center = points.get(k);
            for (int c = 0; c < coordinates.length; c++) {
                double x = point[coordinates[c]];
                double at = center[coordinates[c]];
                if (choices[c] > 0) {
                    boolean same = (int) (x * choices[c]) == (int) (at * choices[c]);
                    term += same ? logSame[c] : logOther;
                } else {
                    double z = (x - at) * inverse[c];
                    term -= 0.5 * z * z;
                }
            }
            terms[k] = term;
            most = Math.max(most, term);
        }
        double sum = 0;
        for (double term : terms) {
            sum += term - most < NEGLIGIBLE ? 0 : Exp.of(term - most);
        }
        return most + StrictMath.log(sum);
    }

    /** How much of a kernel's weight lies on its own choice; the rest is spread over all. */
    private double loyalty() {
        double n = points.size() + 1;
        return n / (n + 1);
    }

    /** The standard normal distribution function, by formula 7.1.26 of Abramowitz and Stegun; error below 1e-7. */
    private static double below(double z) {
        if (Math.abs(z) > 6) {
            return z > 0 ? 1 : 0;
        }
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double series =
                t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        double tail = 0.5 * series * Exp.of(-x * x);
        return z > 0 ? 1 - tail : tail;
    }
}
