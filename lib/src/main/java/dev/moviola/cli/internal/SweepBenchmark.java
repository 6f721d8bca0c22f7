package dev.moviola.cli.internal;

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.TrialRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.jspecify.annotations.Nullable;

/**
 * What samplers find on known functions, beside Optuna's, and what an ask and a tell cost. For each function there is the
 * median over seeds of how far the best trial lies above the optimum, and the two-sided p of the rank-sum test (Mann and
 * Whitney, 1947) that both sides find the same.
 *
 * @param seeds how many searches of each function, in 1..1000
 * @param trials how many trials each search has, in 1..100000
 * @param peer whether to compare with Optuna at all
 * @param torch whether to compare with Optuna's Gaussian process too
 */
public record SweepBenchmark(int seeds, int trials, boolean peer, boolean torch) implements Benchmark {
    private static final double LEVEL = 0.05;
    private static final double SHARE_FOR_PROCESS = 0.6;
    private static final int FINISHED = 1_000;
    private static final int FLOOD = 100_000;
    private static final int DIGITS = 12;

    /** What the issue of a comparison was on each function. */
    private static final class Score {
        int better;
        int notWorse;
    }

    @Override
    public List<BenchResult> run(Console console) throws IOException, InterruptedException {
        List<BenchResult> results = new ArrayList<>();
        try (OptunaPeer optuna = peer ? OptunaPeer.start(torch, console) : null) {
            samplers(console, results, optuna);
            SweepCost.measure(console, results, optuna, FINISHED, FLOOD);
        }
        return results;
    }

    void samplers(Console console, List<BenchResult> results, @Nullable OptunaPeer optuna) throws IOException {
        List<double[]> few = new ArrayList<>();
        int fewer = Math.max(1, (int) Math.round(trials * SHARE_FOR_PROCESS));
        search(console, results, optuna, Sampler.tpe(), trials, "Optuna's multivariate TPE");
        search(console, results, optuna, Sampler.cmaEs(), trials, "Optuna's CMA-ES");
        for (SweepFunction function : SweepFunction.all()) {
            few.add(ours(console, function, Sampler.tpe(), fewer));
        }
        gaussianProcess(console, results, torch ? optuna : null, few, fewer);
    }

    private void search(
            Console console,
            List<BenchResult> results,
            @Nullable OptunaPeer optuna,
            Sampler sampler,
            int count,
            String name)
            throws IOException {
        Score score = new Score();
        for (SweepFunction function : SweepFunction.all()) {
            double[] ours = ours(console, function, sampler, count);
            double[] theirs = optuna == null ? null : theirs(console, optuna, function, sampler.name(), count);
            compare(results, function, sampler.name(), count, ours, name, theirs, score);
        }
        sum(results, sampler.name(), name, optuna == null ? null : score);
    }

    private void gaussianProcess(
            Console console, List<BenchResult> results, @Nullable OptunaPeer optuna, List<double[]> tpe, int count)
            throws IOException {
        Score beside = new Score();
        Score score = new Score();
        String name = "Optuna's GPSampler";
        for (int i = 0; i < tpe.size(); i++) {
            SweepFunction function = SweepFunction.all().get(i);
            double[] ours = ours(console, function, Sampler.gaussianProcess(), count);
            compare(results, function, "gp", count, ours, "our TPE", tpe.get(i), beside);
            if (optuna != null) {
                double[] theirs = theirs(console, optuna, function, "gp", count);
                compare(results, function, "gp", count, ours, name, theirs, score);
            }
        }
        sum(results, "gp", "our TPE", beside);
        sum(results, "gp", name, optuna == null ? null : score);
    }

    private void compare(
            List<BenchResult> results,
            SweepFunction function,
            String sampler,
            int count,
            double[] ours,
            String name,
            double @Nullable [] theirs,
            Score score) {
        String what = String.format(Locale.ROOT, "sweep: %s, %s, %d trials", function.name(), sampler, count);
        double value = median(ours);
        if (theirs == null) {
            results.add(BenchResult.of(what, value, "above optimum, median", "the optimum", 0));
            return;
        }
        double other = median(theirs);
        results.add(BenchResult.of(what, value, "above optimum, median", name, other));
        double p = Arrays.equals(ours, theirs) ? 1 : new MannWhitneyUTest().mannWhitneyUTest(ours, theirs);
        results.add(BenchResult.of(what + ", beside " + name, p, "rank-sum p", "level", LEVEL));
        score.better += value < other ? 1 : 0;
        score.notWorse += value <= other || p > LEVEL ? 1 : 0;
    }

    private static void sum(List<BenchResult> results, String sampler, String name, @Nullable Score score) {
        if (score != null) {
            int all = SweepFunction.all().size();
            String what = "sweep: " + sampler + " beside " + name;
            results.add(BenchResult.of(what + ", median better", score.better, "functions", "all", all));
            results.add(BenchResult.of(what + ", not worse by rank-sum", score.notWorse, "functions", "all", all));
        }
    }

    private double[] ours(Console console, SweepFunction function, Sampler sampler, int count) {
        console.progress("sweep: " + function.name() + " with our " + sampler.name());
        return IntStream.range(0, seeds)
                .parallel()
                .mapToDouble(seed -> rounded(Study.inMemory()
                        .space(function.space())
                        .sampler(sampler.seed(seed))
                        .optimize(trial -> function.regret(trial.settings()), count)
                        .best()
                        .map(TrialRecord::value)
                        .orElse(Double.POSITIVE_INFINITY)))
                .toArray();
    }

    private double[] theirs(Console console, OptunaPeer optuna, SweepFunction function, String sampler, int count)
            throws IOException {
        console.progress("sweep: " + function.name() + " with Optuna's " + sampler);
        double[] least = new double[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            least[seed] = rounded(optuna.search(function, sampler, seed, count));
        }
        return least;
    }

    /** What lies within rounding of the optimum counts as equal. */
    private static double rounded(double regret) {
        double scale = StrictMath.pow(10, DIGITS);
        return Math.rint(Math.max(0, regret) * scale) / scale;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
