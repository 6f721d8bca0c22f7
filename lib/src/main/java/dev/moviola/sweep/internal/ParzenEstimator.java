package dev.moviola.sweep.internal;

import java.util.List;

/**
 * A mixture of one product kernel for each observed point and a flat one as a prior, over some coordinates of the unit
 * cube: truncated normals on ordered coordinates, smoothed counts on choices. The bandwidth follows Scott's rule,
 * {@code n^(-1/(d+4))}, and does not fall below {@code 1/min(100, n+1)} of the range nor below half a step. For one
 * thread.
 */
final class ParzenEstimator {
    private static final double WIDEST = 0.2;
    private static final double LOG_ROOT_OF_TWO_PI = 0.9189385332046727;
    private static final double ROOT_OF_HALF = Math.sqrt(0.5);
    private static final double NEGLIGIBLE = 45;
    private static final double LEAST_MASS = 1e-6;

    private final List<double[]> points;
    private final int[] coordinates;
    private final int[] choices;
    private final double[] sigma;
    private final double[] weights;
    private final double logTotal;
    private final double total;
    private final double[] logSame;
    private final double logOther;

    // Ordered coordinates in units of sigma times the root of two, point after point, so that a squared distance is a
    // sum of squares; and what each kernel counts: its weight over what of it lies within the cube.
    private final int[] ordered;
    private final int[] picked;
    private final double[] scale;
    private final double[] centers;
    private final int[] picks;
    private final double[] factor;
    private final double logDensityOfOne;
    private final double[] here;
    private final double[] exponents;

    /**
     * @param points what was observed
     * @param weights one positive weight for each point; the prior has weight 1
     * @param coordinates which coordinates of the points to look at
     * @param choices for each of these the number of choices, or 0 when it is ordered
     * @param step for each of these the distance of neighbours in the unit cube, 0 for a continuum
     */
    ParzenEstimator(List<double[]> points, double[] weights, int[] coordinates, int[] choices, double[] step) {
        this.points = points;
        this.weights = weights;
        this.coordinates = coordinates;
        this.choices = choices;
        int n = points.size();
        double sum = 1;
        for (double weight : weights) {
            sum += weight;
        }
        total = sum;
        logTotal = StrictMath.log(sum);
        double scott = WIDEST * StrictMath.pow(Math.max(n, 1), -1.0 / (coordinates.length + 4));
        double narrowest = 1.0 / Math.min(100, n + 1);
        sigma = new double[coordinates.length];
        logSame = new double[coordinates.length];
        int kept = 0;
        for (int c = 0; c < coordinates.length; c++) {
            sigma[c] = Math.max(Math.max(scott, Math.min(narrowest, WIDEST)), step[c] / 2);
            logSame[c] = choices[c] == 0 ? 0 : StrictMath.log(loyalty() * choices[c] + 1 - loyalty());
            kept += choices[c] == 0 ? 1 : 0;
        }
        logOther = StrictMath.log(1 - loyalty());
        ordered = new int[kept];
        picked = new int[coordinates.length - kept];
        scale = new double[kept];
        double log = 0;
        for (int c = 0, o = 0, p = 0; c < coordinates.length; c++) {
            if (choices[c] == 0) {
                scale[o] = ROOT_OF_HALF / sigma[c];
                log -= StrictMath.log(sigma[c]) + LOG_ROOT_OF_TWO_PI;
                ordered[o++] = c;
            } else {
                picked[p++] = c;
            }
        }
        logDensityOfOne = log;
        here = new double[kept];
        exponents = new double[n];
        centers = new double[n * kept];
        picks = new int[n * picked.length];
        factor = new double[n];
        for (int k = 0; k < n; k++) {
            place(k, points.get(k));
        }
    }

    private void place(int k, double[] point) {
        double mass = 1;
        for (int o = 0; o < ordered.length; o++) {
            double at = point[coordinates[ordered[o]]];
            double wide = 1 / sigma[ordered[o]];
            mass *= Math.max(LEAST_MASS, Normal.below((1 - at) * wide) - Normal.below(-at * wide));
            centers[k * ordered.length + o] = at * scale[o];
        }
        for (int p = 0; p < picked.length; p++) {
            picks[k * picked.length + p] = pick(point, picked[p]);
        }
        factor[k] = weights[k] / Math.max(mass, Double.MIN_NORMAL);
    }

    private int pick(double[] point, int c) {
        return (int) (point[coordinates[c]] * choices[c]);
    }

    /** Draws a point: writes its coordinates to {@code into}. */
    void draw(Dice dice, double[] into) {
        double u = dice.unit() * total;
        int kernel = 0;
        while (kernel < points.size() && (u -= weights[kernel]) >= 0) {
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
        // Local names, because the quick compiler reads fields again at each turn of a loop.
        double[] centers = this.centers;
        double[] exponents = this.exponents;
        double[] factor = this.factor;
        double[] here = this.here;
        int n = exponents.length;
        int width = here.length;
        for (int o = 0; o < width; o++) {
            here[o] = point[coordinates[ordered[o]]] * scale[o];
        }
        double prior = -logDensityOfOne;
        double most = prior;
        for (int k = 0, at = 0; k < n; k++) {
            double distance = 0;
            for (int o = 0; o < width; o++, at++) {
                double along = here[o] - centers[at];
                distance += along * along;
            }
            exponents[k] = -distance;
        }
        agree(point);
        for (int k = 0; k < n; k++) {
            most = Math.max(most, exponents[k]);
        }
        double sum = Exp.of(prior - most);
        double least = most - NEGLIGIBLE;
        for (int k = 0; k < n; k++) {
            double exponent = exponents[k];
            if (exponent > least) {
                sum += factor[k] * Exp.of(exponent - most);
            }
        }
        return logDensityOfOne + most + StrictMath.log(sum) - logTotal;
    }

    /** Adds what the choices say to the exponents. */
    private void agree(double[] point) {
        double[] exponents = this.exponents;
        int[] picks = this.picks;
        int width = picked.length;
        for (int p = 0; p < width; p++) {
            int mine = pick(point, picked[p]);
            double same = logSame[picked[p]];
            for (int k = 0, at = p; k < exponents.length; k++, at += width) {
                exponents[k] += picks[at] == mine ? same : logOther;
            }
        }
    }

    /** How much of a kernel's weight lies on its own choice; the rest is spread over all. */
    private double loyalty() {
        double n = points.size() + 1;
        return n / (n + 1);
    }
}
