package dev.moviola.sweep.internal;

import java.util.Arrays;

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
    private static final int BLOCK = 64;

    private final double[][] points;
    private final int[] coordinates;
    private final int[] choices;
    private final double[][] sigma;
    private final double[] weights;
    private final double logTotal;
    private final double total;
    private final double[] logSame;
    private final double[] logOther;

    // For each ordered coordinate where the kernels are, and the inverse of sigma times the root of two; for each of
    // the
    // others what they have chosen; and what each kernel counts: its weight over what of it lies within the cube,
    // beside
    // that of one of the usual bandwidth.
    private final int[] ordered;
    private final int[] picked;
    private final double[][] scale;
    private final double[][] centers;
    private final int[][] picks;
    private final double[] factor;
    private final double logDensityOfOne;
    private final double[] exponents;

    /**
     * @param points what was observed
     * @param weights one positive weight for each point; the prior has weight 1
     * @param coordinates which coordinates of the points to look at
     * @param choices for each of these the number of choices, or 0 when it is ordered
     * @param sigma for each of these the bandwidth of each point, of any length where there are choices
     */
    ParzenEstimator(double[][] points, double[] weights, int[] coordinates, int[] choices, double[][] sigma) {
        this.points = points;
        this.weights = weights;
        this.coordinates = coordinates;
        this.choices = choices;
        int n = points.length;
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
        exponents = new double[BLOCK];
        scale = new double[kept][n];
        centers = new double[kept][n];
        picks = new int[picked.length][n];
        factor = new double[n];
        Arrays.fill(factor, 1);
        for (int o = 0; o < kept; o++) {
            place(coordinates[ordered[o]], sigma[ordered[o]], centers[o], scale[o]);
        }
        for (int p = 0; p < picked.length; p++) {
            for (int k = 0; k < n; k++) {
                picks[p][k] = pick(points[k], picked[p]);
            }
        }
        for (int k = 0; k < n; k++) {
            factor[k] = weights[k] / Math.max(factor[k], Double.MIN_NORMAL);
        }
    }

    /** Writes where the kernels lie along a coordinate and how wide they are, and multiplies their mass in the cube. */
    private void place(int coordinate, double[] wide, double[] center, double[] narrow) {
        double[] mass = factor;
        for (int k = 0; k < mass.length; k++) {
            double at = points[k][coordinate];
            double per = 1 / wide[k];
            double inside = Normal.below((1 - at) * per) - Normal.below(-at * per);
            mass[k] *= (inside < LEAST_MASS ? LEAST_MASS : inside) * (wide[k] / USUAL);
            center[k] = at;
            narrow[k] = ROOT_OF_HALF * per;
        }
    }

    private int pick(double[] point, int c) {
        return (int) (point[coordinates[c]] * choices[c]);
    }

    /** How many points were observed. */
    int size() {
        return points.length;
    }

    /** Draws a point: writes its coordinates to {@code into}. */
    void draw(Dice dice, double[] into) {
        double u = dice.unit() * total;
        int kernel = 0;
        while (kernel < points.length && (u -= weights[kernel]) >= 0) {
            kernel++;
        }
        for (int c = 0; c < coordinates.length; c++) {
            boolean flat = kernel == points.length;
            double at = flat ? 0 : points[kernel][coordinates[c]];
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
        return logDensity(point, Double.POSITIVE_INFINITY);
    }

    /**
     * The logarithm of the density at {@code point}; where that is above {@code enough}, perhaps of a part of it that is
     * above {@code enough} too. The kernels are looked at from the last to the first.
     */
    double logDensity(double[] point, double enough) {
        double[] exponents = this.exponents;
        double[] factor = this.factor;
        double most = -logDensityOfOne;
        double sum = 1;
        double sumThatIsEnough = StrictMath.exp(enough - logDensityOfOne + logTotal - most);
        for (int to = factor.length; to > 0 && sum <= sumThatIsEnough; to -= BLOCK) {
            int from = Math.max(0, to - BLOCK);
            int n = to - from;
            Arrays.fill(exponents, 0);
            for (int o = 0; o < ordered.length; o++) {
                part(point[coordinates[ordered[o]]], centers[o], scale[o], from, n);
            }
            for (int p = 0; p < picked.length; p++) {
                agree(pick(point, picked[p]), picks[p], logSame[picked[p]], logOther[picked[p]], from, n);
            }
            double highest = most;
            for (int k = 0; k < n; k++) {
                if (exponents[k] > highest) {
                    highest = exponents[k];
                }
            }
            if (highest > most) {
                sum *= Exp.of(most - highest);
                most = highest;
                sumThatIsEnough = StrictMath.exp(enough - logDensityOfOne + logTotal - most);
            }
            double least = most - NEGLIGIBLE;
            for (int k = 0; k < n; k++) {
                double exponent = exponents[k];
                if (exponent > least) {
                    sum += factor[from + k] * Exp.of(exponent - most);
                }
            }
        }
        return logDensityOfOne + most + StrictMath.log(sum) - logTotal;
    }

    /** Takes the distances of some kernels along one coordinate from the exponents. */
    private void part(double here, double[] center, double[] narrow, int from, int n) {
        double[] exponents = this.exponents;
        for (int k = 0; k < n; k++) {
            double along = (here - center[from + k]) * narrow[from + k];
            exponents[k] -= along * along;
        }
    }

    /** Adds what some kernels' choices of one coordinate say to the exponents. */
    private void agree(int mine, int[] theirs, double same, double other, int from, int n) {
        double[] exponents = this.exponents;
        for (int k = 0; k < n; k++) {
            exponents[k] += theirs[from + k] == mine ? same : other;
        }
    }

    /** How much of a kernel's weight lies on its own choice; the rest is spread over all. */
    private double loyalty(int c) {
        double n = points.length + 1;
        return n / (n + choices[c]);
    }
}
