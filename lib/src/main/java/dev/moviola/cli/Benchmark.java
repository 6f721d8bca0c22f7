package dev.moviola.cli;

import dev.moviola.cli.internal.DecodeBenchmark;
import dev.moviola.cli.internal.DispatchBenchmark;
import dev.moviola.cli.internal.MutateBenchmark;
import dev.moviola.cli.internal.ScoreBenchmark;
import dev.moviola.cli.internal.SweepBenchmark;
import dev.moviola.dispatch.internal.DispatchBench;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Something that can be measured with {@code ./jbang bench}. */
@FunctionalInterface
public interface Benchmark {
    /** Measures; may show progress on the console. */
    List<BenchResult> run(Console console) throws Exception;

    /** The benchmarks by name. */
    static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new TreeMap<>();
        all.put("decode", new DecodeBenchmark(10));
        all.put("dispatch", dispatch(true));
        all.put("score", new ScoreBenchmark(5));
        all.put("mutate", new MutateBenchmark(1_000_000));
        all.put("sweep", sweep(20, 100, true, false));
        return all;
    }

    /**
     * Jobs a second of the dispatcher.
     *
     * @param peer whether to compare with aiohttp, which needs python3 and, the first time, the network
     */
    static Benchmark dispatch(boolean peer) {
        return new DispatchBenchmark(DispatchBench.Load.standard(), 3, peer);
    }

    /**
     * The comparison of samplers with Optuna's.
     *
     * @param seeds how many searches of each function, in 1..1000
     * @param trials how many trials each search has, in 10..100000
     * @param peer whether to compare with Optuna at all, which needs python3 and, the first time, the network
     * @param torch whether to compare with Optuna's Gaussian process too, which takes gigabytes of packages
     * @throws UsageException when a number is out of range
     */
    static Benchmark sweep(int seeds, int trials, boolean peer, boolean torch) {
        if (seeds < 1 || seeds > 1_000 || trials < 10 || trials > 100_000) {
            throw new UsageException(
                    "there must be 1..1000 seeds and 10..100000 trials, but there were " + seeds + " and " + trials);
        }
        return new SweepBenchmark(seeds, trials, peer, torch);
    }

    /**
     * The benchmark called {@code name}.
     *
     * @param further those that are there besides {@link #all}
     * @throws UsageException when there is none
     */
    static Benchmark named(String name, Map<String, Benchmark> further) {
        Map<String, Benchmark> known = new TreeMap<>(all());
        known.putAll(further);
        Benchmark found = known.get(name);
        if (found == null) {
            throw new UsageException(
                    "a benchmark must be one of " + String.join(", ", known.keySet()) + ", but was " + name);
        }
        return found;
    }
}
