package dev.moviola.cli;

import dev.moviola.cli.internal.DecodeBenchmark;
import dev.moviola.cli.internal.DispatchBenchmark;
import dev.moviola.cli.internal.MutateBenchmark;
import dev.moviola.cli.internal.ScoreBenchmark;
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
        all.put("dispatch", new DispatchBenchmark(DispatchBench.Load.standard()));
        all.put("score", new ScoreBenchmark(5));
        all.put("mutate", new MutateBenchmark(1_000_000));
        return all;
    }

    /**
     * The benchmark called {@code name}.
     *
     * @throws UsageException when there is none
     */
    static Benchmark named(String name) {
        Benchmark found = all().get(name);
        if (found == null) {
            throw new UsageException(
                    "a benchmark must be one of " + String.join(", ", all().keySet()) + ", but was " + name);
        }
        return found;
    }
}
