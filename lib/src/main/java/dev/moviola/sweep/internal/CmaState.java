package dev.moviola.sweep.internal;

import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The normal distribution of one CMA-ES run and how it learns from a generation, with the standard parameters of Hansen,
 * "The CMA evolution strategy: a tutorial" (2016), positive weights alone. Works in the unit cube.
 */
final class CmaState {
    private static final double LARGEST_CONDITION = 1e14;

    /** A point that was drawn, and the loss there. */
    record Told(double[] point, double loss) {}

    private final int n;
    private final int lambda;
    private final double[] weights;
    private final double muEff;
    private final double cSigma;
    private final double dSigma;
    private final double cC;
    private final double c1;
    private final double cMu;
    private final double chiN;
    private final double[] leastDeviation;

    private final double[] mean;
    private double sigma;
    private final double[] pathSigma;
    private final double[] pathC;
    private final double[][] covariance;
    private double[][] axes;
    private double[] lengths;
    private int generation;

    /**
     * @param mean where to begin
     * @param sigma the first step size
     * @param lambda the points of a generation
     * @param leastDeviation for each coordinate the standard deviation below which it would stick to one of its steps, 0
     *     for a continuum
     */
    CmaState(double[] mean, double sigma, int lambda, double[] leastDeviation) {
        this.n = mean.length;
        this.mean = mean.clone();
        this.sigma = sigma;
        this.lambda = lambda;
        this.leastDeviation = leastDeviation.clone();
        int mu = Math.max(1, lambda / 2);
        weights = new double[mu];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < mu; i++) {
            weights[i] = StrictMath.log((lambda + 1) / 2.0) - StrictMath.log(i + 1);
            sum += weights[i];
        }
        for (int i = 0; i < mu; i++) {
            weights[i] /= sum;
            squares += weights[i] * weights[i];
        }
        muEff = 1 / squares;
        cSigma = (muEff + 2) / (n + muEff + 5);
        dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
        cC = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
        c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
        cMu = Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((n + 2.0) * (n + 2.0) + muEff));
        chiN = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
        pathSigma = new double[n];
        pathC = new double[n];
        covariance = new double[n][n];
        axes = new double[n][n];
        lengths = new double[n];
        for (int i = 0; i < n; i++) {
            covariance[i][i] = 1;
            axes[i][i] = 1;
            lengths[i] = 1;
        }
    }

    /** The points of a generation. */
    int lambda() {
        return lambda;
    }

    /** Draws a point, which may lie outside the cube. */
    double[] draw(Dice dice) {
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            z[i] = dice.normal() * lengths[i];
        }
        double[] point = new double[n];
        for (int i = 0; i < n; i++) {
            double step = 0;
            for (int j = 0; j < n; j++) {
                step += axes[i][j] * z[j];
            }
            point[i] = mean[i] + sigma * step;
        }
        return point;
    }

    /** Learns from a generation. */
    void learn(List<Told> told) {
        List<Told> ranked =
                told.stream().sorted(Comparator.comparingDouble(Told::loss)).toList();
        double[] step = new double[n];
        for (int k = 0; k < weights.length; k++) {
            for (int i = 0; i < n; i++) {
                step[i] += weights[k] * (ranked.get(k).point()[i] - mean[i]) / sigma;
            }
        }
        double[] white = whiten(step);
        double length = 0;
        for (int i = 0; i < n; i++) {
            pathSigma[i] = (1 - cSigma) * pathSigma[i] + Math.sqrt(cSigma * (2 - cSigma) * muEff) * white[i];
            length += pathSigma[i] * pathSigma[i];
        }
        length = Math.sqrt(length);
        generation++;
        double faded = Math.sqrt(1 - StrictMath.pow(1 - cSigma, 2.0 * generation));
        double moving = length / faded < (1.4 + 2.0 / (n + 1)) * chiN ? 1 : 0;
        for (int i = 0; i < n; i++) {
            pathC[i] = (1 - cC) * pathC[i] + moving * Math.sqrt(cC * (2 - cC) * muEff) * step[i];
        }
        double kept = 1 - c1 - cMu + (1 - moving) * c1 * cC * (2 - cC);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rankMu = 0;
                for (int k = 0; k < weights.length; k++) {
                    double[] point = ranked.get(k).point();
                    rankMu += weights[k] * (point[i] - mean[i]) * (point[j] - mean[j]) / (sigma * sigma);
                }
                covariance[i][j] = kept * covariance[i][j] + c1 * pathC[i] * pathC[j] + cMu * rankMu;
                covariance[j][i] = covariance[i][j];
            }
        }
        for (int i = 0; i < n; i++) {
            mean[i] = Math.min(1, Math.max(0, mean[i] + sigma * step[i]));
        }
        sigma = Math.min(1, sigma * StrictMath.exp(Math.min(1, cSigma / dSigma * (length / chiN - 1))));
        keepStepsReachable();
        decompose();
    }

    /** Whether nothing more is to be found here: the distribution has shrunk to a point or become a needle. */
    boolean spent(double smallest) {
        double most = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, lengths[i]);
            least = Math.min(least, lengths[i]);
        }
        return sigma * most < smallest || most * most > LARGEST_CONDITION * least * least;
    }

    private double[] whiten(double[] step) {
        double[] rotated = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                rotated[j] += axes[i][j] * step[i];
            }
            rotated[j] /= lengths[j];
        }
        double[] white = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                white[i] += axes[i][j] * rotated[j];
            }
        }
        return white;
    }

    private void keepStepsReachable() {
        for (int i = 0; i < n; i++) {
            double needed = leastDeviation[i] / sigma;
            covariance[i][i] = Math.max(covariance[i][i], needed * needed);
        }
    }

    private void decompose() {
        RealMatrix matrix = new Array2DRowRealMatrix(covariance, true);
        EigenDecomposition eigen = new EigenDecomposition(matrix);
        axes = eigen.getV().getData();
        lengths = eigen.getRealEigenvalues();
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(Math.max(1e-20, lengths[i]));
        }
    }
}
