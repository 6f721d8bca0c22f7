package dev.moviola.sweep.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gaussian processes that explain the same trials with different expectations of how fast a function changes: short,
 * middle and long length scales. A few dozen trials rarely settle that; where they do, the processes agree. The gain of a
 * point is the mean of what they expect, a coarse form of the integral over the processes' parameters of Snoek,
 * Larochelle and Adams, "Practical Bayesian optimization of machine learning algorithms" (2012, section 3.2). So a
 * parameter is not taken for useless before the trials say so.
 */
final class ProcessMixture {
    private static final double[] LENGTHS = {0.4, 1.6, 7.5};
    private static final double[] MIDDLE = {1.6};
    private static final int FEW = 100;

    private final List<GaussianProcess> processes;
    private final double[] incumbents;

    private ProcessMixture(List<GaussianProcess> processes, List<double[]> points) {
        this.processes = processes;
        this.incumbents = new double[processes.size()];
        for (int k = 0; k < incumbents.length; k++) {
            GaussianProcess process = processes.get(k);
            incumbents[k] = points.stream()
                    .mapToDouble(point -> process.at(point).mean())
                    .min()
                    .orElseThrow();
        }
    }

    /**
     * Fits to what was observed, with the arguments of {@link GaussianProcess#fit}. More than {@value #FEW} trials speak
     * for themselves: one process is enough for them.
     */
    static ProcessMixture fit(List<double[]> points, double[] values, boolean[] ordered) {
        List<GaussianProcess> processes = new ArrayList<>();
        for (double length : points.size() > FEW ? MIDDLE : LENGTHS) {
            processes.add(GaussianProcess.fit(points, values, ordered, length));
        }
        return new ProcessMixture(processes, points);
    }

    /**
     * This mixture after more observations: of {@code certain}, whose values are known, and of {@code believed}, where
     * each process is told what it expects itself.
     */
    ProcessMixture observing(List<double[]> certain, double[] values, List<double[]> believed) {
        List<double[]> all = new ArrayList<>(certain);
        all.addAll(believed);
        List<GaussianProcess> moved = new ArrayList<>();
        for (GaussianProcess process : processes) {
            double[] told = Arrays.copyOf(values, all.size());
            for (int i = 0; i < believed.size(); i++) {
                told[values.length + i] = process.at(believed.get(i)).mean();
            }
            moved.add(process.observing(all, told));
        }
        return new ProcessMixture(moved, all);
    }

    /** What the processes expect at a point, on average. */
    double mean(double[] point) {
        double sum = 0;
        for (GaussianProcess process : processes) {
            sum += process.at(point).mean();
        }
        return sum / processes.size();
    }

    /** The logarithm of the improvement that they expect at a point, on average, over the best that they believe in. */
    double logGain(double[] point) {
        double[] logs = new double[incumbents.length];
        for (int k = 0; k < logs.length; k++) {
            GaussianProcess.Normal expected = processes.get(k).at(point);
            logs[k] = LogExpectedImprovement.of(expected.mean(), expected.deviation(), incumbents[k]);
        }
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        for (double log : logs) {
            sum += StrictMath.exp(log - most);
        }
        return most + StrictMath.log(sum / logs.length);
    }
}
