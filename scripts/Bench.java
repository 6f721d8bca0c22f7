//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola:0.1.0-SNAPSHOT

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.TextTable;
import dev.moviola.cli.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        sortOptions = false,
        description = "Measures how fast Moviola is, beside something comparable in the same run.",
        footer = {"", "Examples:", "  ./jbang bench mutate", "  ./jbang bench dispatch score mutate --json"})
class Bench extends Verb {
    @Parameters(paramLabel = "WHAT", arity = "1..*", description = "What to measure: decode, dispatch, mutate, score.")
    private List<String> names;

    public static void main(String... args) {
        Verb.main(new Bench(), args);
    }

    @Override
    protected int run(Console console) throws Exception {
        List<Benchmark> benchmarks = names.stream().map(Benchmark::named).toList();
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
                        String.format("%,.1f", result.value()),
                        result.unit(),
                        result.peer(),
                        String.format("%,.1f", result.peerValue()),
                        String.format("%.3f", result.ratio()));
            }
            console.print(table);
        }
        return Exit.DONE;
    }
}
