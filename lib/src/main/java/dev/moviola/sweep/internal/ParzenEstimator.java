package dev.moviola.sweep.internal;

import java.util.List;

/**
 * A mixture of one product kernel for each observed point and a flat one as a prior, over some coordinates of the unit
 * cube: truncated normals on ordered coordinates; counts on choices, smoothed as Laplace does, as if each choice had been
 * seen once more than it was. For one thread.
 */
final class ParzenEstimator {
    private static final double USUAL = 0.1;
    private static final double LOG_ROOT_OF_TWO_PI = 0.9189385332046727;
    private static final double ROOT_OF_HALF = Math.sqrt(0.5);
    private static final double NEGLIGIBLE = 60;
    private static final double LEAST_MASS = 1e-6;

    private final List<double[]> points;
    private final int[] coordinates;
    private final int[] choices;
    private final double[][] sigma;
    private final double[] weights;
    private final double logTotal;
    private final double total;
    private final double[] logSame;
    private final double[] logOther;

    // Ordered coordinates point after point, the inverse of sigma times the root of two beside them; and what each
    // kernel counts: its weight over what of it lies within the cube, beside that of one of the usual bandwidth.
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
     * @param sigma for each of these the bandwidth of each point, of any length where there are choices
     */
    ParzenEstimator(List<double[]> points, double[] weights, int[] coordinates, int[] choices, double[][] sigma) {
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
        this.sigma = sigma;
        logSame = new double[coordinates.length];
        logOther = new double[coordinates.length];
        int kept = 0;
        for (int c = 0; c < coordinates.length; c++) {
            if (choices[c] == 0) {
                kept++;
            } else {
                logSame[c] = StrictMath.log(loyalty(c) * choices[c] + 1 - loyalty(c));
                logOther[c] = StrictMath.log(1 - loyalty(c));
            }
        }
        ordered = new int[kept];
        picked = new int[coordinates.length - kept];
        for (int c = 0, o = 0, p = 0; c < coordinates.length; c++) {
            if (choices[c] == 0) {
                ordered[o++] = c;
            } else {
                picked[p++] = c;
            }
        }
        logDensityOfOne = -kept * (StrictMath.log(USUAL) + LOG_ROOT_OF_TWO_PI);
        scale = new double[n * kept];
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
            double wide = sigma[ordered[o]][k];
            double inside = Normal.below((1 - at) / wide) - Normal.below(-at / wide);
            mass *= Math.max(LEAST_MASS, inside) * (wide / USUAL);
            centers[k * ordered.length + o] = at;
            scale[k * ordered.length + o] = ROOT_OF_HALF / wide;
        }
        for (int p = 0; p < picked.length; p++) {
            picks[k * picked.length + p] = pick(point, picked[p]);
        }
        factor[k] = weights[k] / Math.max(mass, Double.MIN_NORMAL);
    }

    private int pick(double[] point, int c) {
        return (int) (point[coordinates[c]] * choices[c]);
    }

    /** How many points were observed. */
    int size() {
        return points.size();
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
            if (flat || (choices[c] > 0 && dice.unit() >= loyalty(c))) {
                drawn = dice.unit();
            } else if (choices[c] > 0) {
                drawn = at;
            } else {
                do {
                    drawn = at + sigma[c][kernel] * dice.normal();
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
        double[] scale = this.scale;
        double[] here = this.here;
        int n = exponents.length;
        int width = here.length;
        for (int o = 0; o < width; o++) {
            here[o] = point[coordinates[ordered[o]]];
        }
        double prior = -logDensityOfOne;
        double most = prior;
        for (int k = 0, at = 0; k < n; k++) {
            double distance = 0;
            for (int o = 0; o < width; o++, at++) {
                double along = (here[o] - centers[at]) * scale[at];
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
            double other = logOther[picked[p]];
            for (int k = 0, at = p; k < exponents.length; k++, at += width) {
                exponents[k] += picks[at] == mine ? same : other;
            }
        }
    }

    /** How much of a kernel's weight lies on its own choice; the rest is spread over all. */
    private double loyalty(int c) {
        double n = points.size() + 1;
        return n / (n + choices[c]);
    }
}
