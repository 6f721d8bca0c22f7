package dev.moviola.sweep.internal;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.jspecify.annotations.Nullable;

/**
 * Regression with a Gaussian process of mean 0: a Matérn 5/2 kernel with a length scale of its own for each coordinate,
 * and noise (Rasmussen and Williams, "Gaussian processes for machine learning", 2006, sections 2.2, 4.2 and 5.4.1).
 *
 * <p>Length scales, signal and noise are those of the highest posterior density, with log-normal priors.
 */
final class GaussianProcess {
    private static final double ROOT_OF_FIVE = Math.sqrt(5);
    private static final double LENGTH_SPREAD = 1;
    private static final double NOISE_CENTRE = StrictMath.log(1e-4);
    private static final double NOISE_SPREAD = 2;
    private static final double JITTER = 1e-8;
    private static final double LARGEST_JITTER = 0.1;
    private static final int ITERATIONS = 60;

    private final List<double[]> points;
    private final boolean[] ordered;
    private final double[] inverseSquares;
    private final double signal;
    private final double noise;
    private final LinearSolverDense<DMatrixRMaj> solver;
    private final double[] weights;

    private GaussianProcess(List<double[]> points, double[] values, boolean[] ordered, double[] parameters) {
        this.points = points;
        this.ordered = ordered;
        int size = ordered.length;
        this.inverseSquares = new double[size];
        for (int c = 0; c < size; c++) {
            inverseSquares[c] = StrictMath.exp(-2 * parameters[c]);
        }
        this.signal = StrictMath.exp(parameters[size]);
        this.noise = StrictMath.exp(parameters[size + 1]);
        int n = points.size();
        this.solver = LinearSolverFactory_DDRM.chol(n);
        decompose();
        DMatrixRMaj solution = new DMatrixRMaj(n, 1);
        solver.solve(new DMatrixRMaj(n, 1, true, values.clone()), solution);
        this.weights = solution.data.clone();
    }

    /** Points that almost coincide make the covariance singular to the last digit; a little more noise mends that. */
    private void decompose() {
        int n = points.size();
        for (double jitter = JITTER; jitter <= LARGEST_JITTER; jitter *= 100) {
            DMatrixRMaj covariance = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double k = kernel(squareDistance(points.get(i), points.get(j)));
                    covariance.unsafe_set(i, j, k);
                    covariance.unsafe_set(j, i, k);
                }
                covariance.add(i, i, noise + jitter * signal);
            }
            if (solver.setA(covariance)) {
                return;
            }
        }
        throw new ArithmeticException("the covariance of " + n + " points is not positive definite");
    }

    /**
     * Fits a process.
     *
     * @param points what was observed, in the unit cube; NaN where a coordinate is not active
     * @param values the values there, of mean about 0 and variance about 1
     * @param ordered for each coordinate whether its distances mean something; elsewhere two values are equal or not
     * @param length the median of the length scales that are expected, in widths of the unit cube
     */
    static GaussianProcess fit(List<double[]> points, double[] values, boolean[] ordered, double length) {
        Likelihood likelihood = new Likelihood(points, values, ordered, length);
        double[] best = new double[ordered.length + 2];
        double least = Double.POSITIVE_INFINITY;
        for (double first : new double[] {0.25, 1}) {
            double[] start = new double[ordered.length + 2];
            Arrays.fill(start, 0, ordered.length, StrictMath.log(first));
            start[ordered.length + 1] = NOISE_CENTRE;
            Descent.Found found = Descent.minimise(likelihood, start, likelihood.low, likelihood.high, ITERATIONS);
            if (found.value() < least) {
                least = found.value();
                best = found.point();
            }
        }
        return new GaussianProcess(points, values, ordered, best);
    }

    /** This process, with the same length scales, after other observations. */
    GaussianProcess observing(List<double[]> otherPoints, double[] values) {
        double[] parameters = new double[ordered.length + 2];
        for (int c = 0; c < ordered.length; c++) {
            parameters[c] = -0.5 * StrictMath.log(inverseSquares[c]);
        }
        parameters[ordered.length] = StrictMath.log(signal);
        parameters[ordered.length + 1] = StrictMath.log(noise);
        return new GaussianProcess(otherPoints, values, ordered, parameters);
    }

    /** The length scale of a coordinate, in widths of the unit cube. */
    double lengthScale(int coordinate) {
        return 1 / Math.sqrt(inverseSquares[coordinate]);
    }

    /** The variance of what is told beside the function itself. */
    double noise() {
        return noise;
    }

    /** What the function is at a point, without noise. */
    Normal at(double[] point) {
        int n = points.size();
        DMatrixRMaj cross = new DMatrixRMaj(n, 1);
        double mean = 0;
        for (int i = 0; i < n; i++) {
            double k = kernel(squareDistance(point, points.get(i)));
            cross.data[i] = k;
            mean += k * weights[i];
        }
        DMatrixRMaj solved = new DMatrixRMaj(n, 1);
        solver.solve(cross, solved);
        double explained = 0;
        for (int i = 0; i < n; i++) {
            explained += cross.data[i] * solved.data[i];
        }
        return new Normal(mean, Math.sqrt(Math.max(1e-12 * signal, signal - explained)));
    }

    private double kernel(double square) {
        double r = ROOT_OF_FIVE * Math.sqrt(square);
        return signal * (1 + r + r * r / 3) * Exp.of(-r);
    }

    private double squareDistance(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += inverseSquares[c] * squareDifference(a[c], b[c], ordered[c]);
        }
        return sum;
    }

    private static double squareDifference(double a, double b, boolean ordered) {
        boolean without = Double.isNaN(a);
        if (without || Double.isNaN(b)) {
            return without == Double.isNaN(b) ? 0 : 1;
        }
        return ordered ? (a - b) * (a - b) : a == b ? 0 : 1;
    }

    /**
     * A normal distribution.
     *
     * @param mean its centre
     * @param deviation its standard deviation, greater than 0
     */
    record Normal(double mean, double deviation) {}

    /** The negative logarithm of the posterior density of logarithms of length scales, signal and noise. */
    private static final class Likelihood implements Descent.Function {
        private final int n;
        private final int size;
        private final double[][] differences;
        private final double[] values;
        private final double[] low;
        private final double[] high;
        private final double centre;

        Likelihood(List<double[]> points, double[] values, boolean[] ordered, double length) {
            this.n = points.size();
            this.size = ordered.length;
            this.values = values;
            this.differences = new double[size][n * (n - 1) / 2];
            for (int c = 0; c < size; c++) {
                int pair = 0;
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < i; j++) {
                        differences[c][pair++] = squareDifference(points.get(i)[c], points.get(j)[c], ordered[c]);
                    }
                }
            }
            this.low = new double[size + 2];
            this.high = new double[size + 2];
            Arrays.fill(low, 0, size, StrictMath.log(0.02));
            Arrays.fill(high, 0, size, StrictMath.log(1e3));
            low[size] = StrictMath.log(0.05);
            high[size] = StrictMath.log(50);
            low[size + 1] = StrictMath.log(1e-6);
            high[size + 1] = StrictMath.log(2);
            this.centre = StrictMath.log(length);
        }

        @Override
        public double at(double[] parameters, double[] gradient) {
            double[] inverse = new double[size];
            for (int c = 0; c < size; c++) {
                inverse[c] = StrictMath.exp(-2 * parameters[c]);
            }
            double signal = StrictMath.exp(parameters[size]);
            double noise = StrictMath.exp(parameters[size + 1]);
            DMatrixRMaj covariance = new DMatrixRMaj(n, n);
            double[] slopes = new double[n * (n - 1) / 2];
            int pair = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double square = 0;
                    for (int c = 0; c < size; c++) {
                        square += inverse[c] * differences[c][pair];
                    }
                    double r = ROOT_OF_FIVE * Math.sqrt(square);
                    double fall = signal * Exp.of(-r);
                    double k = (1 + r + r * r / 3) * fall;
                    slopes[pair++] = 5.0 / 3 * (1 + r) * fall;
                    covariance.unsafe_set(i, j, k);
                    covariance.unsafe_set(j, i, k);
                }
                covariance.unsafe_set(i, i, signal * (1 + JITTER) + noise);
            }
            LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(n);
            DMatrixRMaj kept = covariance.copy();
            if (!solver.setA(covariance)) {
                Arrays.fill(gradient, 0);
                return Double.POSITIVE_INFINITY;
            }
            double[] alpha = solve(solver);
            DMatrixRMaj precision = new DMatrixRMaj(n, n);
            solver.invert(precision);
            double fit = 0;
            for (int i = 0; i < n; i++) {
                fit += values[i] * alpha[i];
            }
            double objective = 0.5 * fit + 0.5 * logDeterminant(solver);

            Arrays.fill(gradient, 0);
            pair = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    double sensitivity = precision.unsafe_get(i, j) - alpha[i] * alpha[j];
                    for (int c = 0; c < size; c++) {
                        gradient[c] += sensitivity * slopes[pair] * inverse[c] * differences[c][pair];
                    }
                    gradient[size] += sensitivity * kept.unsafe_get(i, j);
                    pair++;
                }
                double own = precision.unsafe_get(i, i) - alpha[i] * alpha[i];
                gradient[size] += 0.5 * own * signal * (1 + JITTER);
                gradient[size + 1] += 0.5 * own * noise;
            }
            for (int c = 0; c < size; c++) {
                objective += prior(parameters[c], centre, LENGTH_SPREAD, gradient, c);
            }
            objective += prior(parameters[size], 0, 1, gradient, size);
            objective += prior(parameters[size + 1], NOISE_CENTRE, NOISE_SPREAD, gradient, size + 1);
            return objective;
        }

        private double[] solve(LinearSolverDense<DMatrixRMaj> solver) {
            DMatrixRMaj solution = new DMatrixRMaj(n, 1);
            solver.solve(new DMatrixRMaj(n, 1, true, values.clone()), solution);
            return solution.data;
        }

        private static double logDeterminant(LinearSolverDense<DMatrixRMaj> solver) {
            org.ejml.interfaces.decomposition.@Nullable CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
                    solver.getDecomposition();
            DMatrixRMaj triangle = cholesky.getT(null);
            double sum = 0;
            for (int i = 0; i < triangle.numRows; i++) {
                sum += 2 * StrictMath.log(triangle.unsafe_get(i, i));
            }
            return sum;
        }

        private static double prior(double x, double centre, double spread, double[] gradient, int at) {
            double off = (x - centre) / spread;
            gradient[at] += off / spread;
            return 0.5 * off * off;
        }
    }
}
