//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola-kernel:0.1.0-SNAPSHOT

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.TextTable;
import dev.moviola.cli.Verb;
import dev.moviola.kernel.bench.KernelBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        sortOptions = false,
        description = "Measures how fast Moviola is, beside something comparable in the same run.",
        footer = {"", "Examples:", "  ./jbang bench mutate", "  ./jbang bench dispatch score mutate --json", "  ./jbang bench sweep --seeds 5", "  ./jbang bench kernel --repetitions 3"})
class Bench extends Verb {
    @Parameters(paramLabel = "WHAT", arity = "1..*", description = "What to measure: decode, dispatch, kernel, mutate, score, sweep.")
    private List<String> names;

    @Option(names = "--seeds", paramLabel = "N", description = "sweep: searches of each function. Default: 20.")
    private int seeds = 20;

    @Option(names = "--trials", paramLabel = "N", description = "sweep: trials of each search. Default: 100.")
    private int trials = 100;

    @Option(names = "--no-peer", description = "dispatch, sweep: without aiohttp and Optuna, which need python3 and once the network.")
    private boolean noPeer;

    @Option(names = "--with-torch", description = "sweep: Optuna's Gaussian process too, which installs gigabytes.")
    private boolean withTorch;

    @Option(names = "--repetitions", paramLabel = "N", description = "kernel: starts of each kernel. Default: 5.")
    private int repetitions = 5;

    public static void main(String... args) {
        Verb.main(new Bench(), args);
    }

    @Override
    protected int run(Console console) throws Exception {
        Map<String, Benchmark> further = Map.of(
                "dispatch", Benchmark.dispatch(!noPeer),
                "kernel", new KernelBenchmark(repetitions),
                "sweep", Benchmark.sweep(seeds, trials, !noPeer, withTorch));
        List<Benchmark> benchmarks =
                names.stream().map(name -> Benchmark.named(name, further)).toList();
        List<BenchResult> results = new ArrayList<>();
        for (Benchmark benchmark : benchmarks) {
            results.addAll(benchmark.run(console));
        }
        if (json()) {
            console.json(results);
        } else {
            TextTable table = new TextTable("what", ">value", "unit", "peer", ">peer's", ">ratio");
            for (BenchResult result : results) {
                table.row(
                        result.what(),
                        figure(result.value()),
                        result.unit(),
                        result.peer(),
                        figure(result.peerValue()),
                        String.format("%.3f", result.ratio()));
            }
            console.print(table);
        }
        return Exit.DONE;
    }

    private static String figure(double value) {
        return String.format(Math.abs(value) < 10 ? "%.3g" : "%,.1f", value);
    }
}
