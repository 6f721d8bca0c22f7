package dev.moviola.frame.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * What each of several factors adds to a value when rows have several of them at once.
 *
 * <p>The model is {@code value = mean of the row's stratum + sum of the effects of its factors + noise}, with effects and
 * noise normal around 0 (a mixed linear model with a random effect per factor; Robinson, "That BLUP is a good thing",
 * Statistical Science 1991). The share of the effects in the variance is not estimated but averaged over: a uniform prior
 * on it, times its restricted likelihood with the noise variance integrated out. So an effect that rests on few rows is
 * drawn towards 0 as far as the spread of all effects warrants, factors that always come together share what they do, and
 * the interval is as wide as that leaves it.
 */
public final class SharedEffects {
    /** Above this many factors the decomposition would take minutes. */
    public static final int MOST_FACTORS = 800;

    private static final double CONFIDENCE = 0.95;
    private static final int GRID = 99;
    private static final double NOTHING = 1e-10;

    private final int factors;
    private final int strata;
    private final int[] stratumOf;
    private final List<int[]> used;
    private final double[] eigenvalues;
    private final RealMatrix vectors;
    private final double[][] stratumShare;
    private final double[] stratumSize;

    /**
     * Prepares for rows with these factors.
     *
     * @param factors how many factors there are, at most {@link #MOST_FACTORS}
     * @param used each row's factors, without repetition
     * @param stratum each row's stratum, counted from 0
     */
    public SharedEffects(int factors, List<int[]> used, int[] stratum) {
        this.factors = factors;
        this.used = List.copyOf(used);
        this.strata = IntStream.of(stratum).max().orElse(-1) + 1;
        this.stratumOf = stratum.clone();
        this.stratumSize = new double[strata];
        this.stratumShare = new double[strata][factors];
        double[][] together = new double[factors][factors];
        for (int row = 0; row < stratum.length; row++) {
            stratumSize[stratum[row]]++;
            int[] mine = used.get(row);
            for (int first : mine) {
                stratumShare[stratum[row]][first]++;
                for (int second : mine) {
                    together[first][second]++;
                }
            }
        }
        for (int s = 0; s < strata; s++) {
            for (int f = 0; f < factors; f++) {
                stratumShare[s][f] /= Math.max(1, stratumSize[s]);
            }
            for (int first = 0; first < factors; first++) {
                for (int second = 0; second < factors; second++) {
                    together[first][second] -= stratumSize[s] * stratumShare[s][first] * stratumShare[s][second];
                }
            }
        }
        EigenDecomposition decomposition = new EigenDecomposition(new Array2DRowRealMatrix(together, false));
        this.eigenvalues = decomposition.getRealEigenvalues();
        this.vectors = decomposition.getV();
    }

    /** The effects on {@code values}, one a row; empty when there are not enough rows to tell effects from noise. */
    public Optional<Estimate> on(double[] values) {
        int occupied = (int)
                java.util.Arrays.stream(stratumSize).filter(size -> size > 0).count();
        int freedom = values.length - occupied;
        if (freedom < 3 || factors == 0) {
            return Optional.empty();
        }
        double[] centred = centred(values);
        double total = 0;
        double[] sums = new double[factors];
        for (int row = 0; row < centred.length; row++) {
            total += centred[row] * centred[row];
            for (int factor : used.get(row)) {
                sums[factor] += centred[row];
            }
        }
        if (total < NOTHING) {
            return Optional.empty();
        }
        double[] rotated = vectors.preMultiply(sums);
        double explained = 0;
        for (int i = 0; i < factors; i++) {
            explained += eigenvalues[i] > NOTHING ? rotated[i] * rotated[i] / eigenvalues[i] : 0;
        }
        double rest = Math.max(0, total - explained);

        double[] ratios = new double[GRID];
        double[] logs = new double[GRID];
        double highest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < GRID; k++) {
            double share = (k + 1.0) / (GRID + 1);
            ratios[k] = share / (1 - share);
            double determinant = 0;
            for (double eigenvalue : eigenvalues) {
                determinant += Math.log1p(ratios[k] * Math.max(0, eigenvalue));
            }
            logs[k] = -0.5 * determinant - 0.5 * freedom * Math.log(spread(ratios[k], rotated, rest));
            highest = Math.max(highest, logs[k]);
        }
        double weights = 0;
        double[] mean = new double[factors];
        double[] square = new double[factors];
        double[] within = new double[factors];
        for (int k = 0; k < GRID; k++) {
            double weight = Math.exp(logs[k] - highest);
            if (weight < NOTHING) {
                continue;
            }
            weights += weight;
            double variance = spread(ratios[k], rotated, rest) / (freedom - 2);
            double[] shrunk = new double[factors];
            double[] left = new double[factors];
            for (int i = 0; i < factors; i++) {
                left[i] = ratios[k] / (1 + ratios[k] * Math.max(0, eigenvalues[i]));
                shrunk[i] = left[i] * rotated[i];
            }
            double[] effect = vectors.operate(shrunk);
            for (int f = 0; f < factors; f++) {
                mean[f] += weight * effect[f];
                square[f] += weight * effect[f] * effect[f];
                double own = 0;
                for (int i = 0; i < factors; i++) {
                    double entry = vectors.getEntry(f, i);
                    own += entry * entry * left[i];
                }
                within[f] += weight * variance * own;
            }
        }
        double reach = new TDistribution(null, freedom).inverseCumulativeProbability((1 + CONFIDENCE) / 2)
                * Math.sqrt((freedom - 2.0) / freedom);
        double[] low = new double[factors];
        double[] high = new double[factors];
        for (int f = 0; f < factors; f++) {
            mean[f] /= weights;
            double deviation = Math.sqrt(Math.max(0, within[f] / weights + square[f] / weights - mean[f] * mean[f]));
            low[f] = mean[f] - reach * deviation;
            high[f] = mean[f] + reach * deviation;
        }
        return Optional.of(new Estimate(mean, low, high));
    }

    private double spread(double ratio, double[] rotated, double rest) {
        double sum = rest;
        for (int i = 0; i < factors; i++) {
            if (eigenvalues[i] > NOTHING) {
                sum += rotated[i] * rotated[i] / eigenvalues[i] / (1 + ratio * eigenvalues[i]);
            }
        }
        return Math.max(sum, NOTHING);
    }

    private double[] centred(double[] values) {
        double[] sum = new double[strata];
        for (int row = 0; row < values.length; row++) {
            sum[stratumOf[row]] += values[row];
        }
        double[] centred = new double[values.length];
        for (int row = 0; row < values.length; row++) {
            int stratum = stratumOf[row];
            centred[row] = values[row] - sum[stratum] / stratumSize[stratum];
        }
        return centred;
    }

    /**
     * The effect of each factor.
     *
     * @param effect what having the factor adds
     * @param low lower end of the 95 % credible interval
     * @param high its upper end
     */
    public record Estimate(double[] effect, double[] low, double[] high) {}
}
