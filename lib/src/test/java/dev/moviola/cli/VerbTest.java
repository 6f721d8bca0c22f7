package dev.moviola.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.cli.internal.DecodeBenchmark;
import dev.moviola.cli.internal.DispatchBenchmark;
import dev.moviola.cli.internal.MutateBenchmark;
import dev.moviola.cli.internal.ScoreBenchmark;
import dev.moviola.cli.internal.Terminal;
import dev.moviola.dispatch.internal.DispatchBench;
import dev.moviola.prompt.Mutator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class VerbTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Command(
            name = "try",
            description = "Tries.",
            footer = {"Example:", "  ./jbang try"})
    private static final class Try extends Verb {
        private final Callable<Integer> work;

        @Option(names = "--count")
        private int count;

        private Try(Callable<Integer> work) {
            this.work = work;
        }

        @Override
        protected int run(Console console) throws Exception {
            if (json()) {
                console.json(Map.of("count", count));
            }
            console.print("count " + count);
            return work.call();
        }
    }

    @Command(name = "vary", description = "Varies.")
    private static final class Vary extends Verb {
        @Mixin
        private final MutationOptions mutation = new MutationOptions();

        @Option(names = "--out")
        private String out = "";

        @Override
        protected int run(Console console) throws Exception {
            VariantWriter writer = new VariantWriter(UsageException.check(() -> Mutator.of(mutation.spec())), console);
            if (!out.isEmpty()) {
                writer.toFile(Path.of(out));
            } else if (json()) {
                writer.toJson();
            } else {
                writer.toLines();
            }
            return Exit.DONE;
        }
    }

    @Test
    void theCodeOfTheWorkIsTheExitCode() {
        assertThat(run(new Try(() -> Exit.SOME_FAILED), "--count", "3")).isEqualTo(Exit.SOME_FAILED);
        assertThat(out()).isEqualTo("count 3\n");
    }

    @Test
    void helpShowsTheExample() {
        assertThat(run(new Try(() -> Exit.FAULT), "--help")).isEqualTo(Exit.DONE);
        assertThat(out()).contains("Usage: ./jbang try").contains("Tries.").contains("Example:");
    }

    @Test
    void argumentsThatMakeNoSenseEndWithTwo() {
        assertThat(run(new Try(() -> 0), "--cuont", "3")).isEqualTo(Exit.BAD_ARGUMENTS);
        assertThat(err()).contains("--cuont").contains("Try './jbang try --help'.");
    }

    @Test
    void withJsonTheDocumentStandsAlone() {
        assertThat(run(new Try(() -> Exit.DONE), "--json")).isEqualTo(Exit.DONE);
        assertThat(out()).isEqualToIgnoringWhitespace("{\"count\": 0}");
        assertThat(err()).isEqualTo("count 0\n");
    }

    @Test
    void errorsAreToldWithoutTheirStackTrace() {
        assertThat(run(new Try(() -> {
                    throw new MoviolaException("the disk must have room, but is full");
                })))
                .isEqualTo(Exit.NOTHING_USABLE);
        assertThat(err()).isEqualTo("error: the disk must have room, but is full\n");
        err.reset();
        assertThat(run(new Try(() -> {
                    throw new UsageException("--count must be odd");
                })))
                .isEqualTo(Exit.BAD_ARGUMENTS);
        assertThat(err()).isEqualTo("error: --count must be odd\n");
        err.reset();
        assertThat(run(new Try(() -> {
                    throw new IllegalStateException("oops");
                })))
                .isEqualTo(Exit.FAULT);
        assertThat(err())
                .isEqualTo("error: IllegalStateException: oops\n"
                        + "This should not happen. Add --debug to see where it came from.\n");
    }

    @Test
    void debugShowsTheStackTrace() {
        run(
                new Try(() -> {
                    throw new IllegalStateException("oops");
                }),
                "--debug");
        assertThat(err()).contains("at dev.moviola.cli.VerbTest");
        err.reset();
        run(
                new Try(() -> {
                    throw new MoviolaException("full");
                }),
                "--debug");
        assertThat(err()).contains("at dev.moviola.cli.VerbTest");
    }

    @Test
    void anInterruptionIsSaid() {
        assertThat(run(new Try(() -> {
                    throw new InterruptedException();
                })))
                .isEqualTo(Exit.NOTHING_USABLE);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(err()).isEqualTo("error: interrupted\n");
    }

    @Test
    void variantsArePrintedOnePerLine() {
        assertThat(run(new Vary(), "a\ncat", "--variants", "11", "--strategy", "RANDOM"))
                .isEqualTo(Exit.DONE);
        assertThat(out().lines()).hasSize(11).allMatch(line -> line.matches("[ 1][0-9]  a cat, .*"));
        assertThat(err()).isEqualTo("11 of 18,780 possible variants, random, seed 0\n");
    }

    @Test
    void variantsAreOneDocumentWithJson() throws IOException {
        run(new Vary(), "--json", "--total", "2", "--control", "--seed", "9");

        JsonNode document = new ObjectMapper().readTree(out());
        assertThat(document.get("count").asLong()).isEqualTo(2);
        JsonNode variants = document.get("variants");
        assertThat(variants.get(0).get("prompt").asText()).isEqualTo(MutationOptions.DEFAULT_PROMPT);
        assertThat(variants.get(1).get("modifiers").size()).isPositive();
    }

    @Test
    void variantsCanBeWrittenToAFile() throws IOException {
        Path file = folder.resolve("variants.jsonl");
        Path bases = Files.writeString(folder.resolve("bases.txt"), "a cat\n\n a dog\n");
        run(new Vary(), "--prompts", bases.toString(), "--prompt", "a bird", "--out", file.toString());

        assertThat(Files.readAllLines(file)).hasSize(3 * 24).allMatch(line -> line.startsWith("{\"prompt\":\"a "));
        assertThat(out()).isEqualTo(file + "\n");
        out.reset();
        run(new Vary(), "--total", "3", "--json", "--out", file.toString());
        assertThat(out()).contains("\"count\" : 3");
        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(run(new Vary(), "--out", folder.resolve("no/such/file").toString()))
                .isEqualTo(Exit.BAD_ARGUMENTS);
    }

    @Test
    void poolsOfOnesOwnAreAddedAndChosen() throws IOException {
        Path pool = Files.writeString(
                folder.resolve("mine.yaml"), "pools:\n  rain: [frogs, fish]\ncombinations:\n  - use: {rain: frogs}\n");

        assertThat(run(new Vary(), "--pool", pool.toString(), "--pools", "rain", "--control", "x"))
                .isEqualTo(Exit.DONE);
        assertThat(out()).isEqualTo("0  x\n1  x, frogs\n");
    }

    @Test
    void mutationOptionsThatMakeNoSenseAreRefused() {
        refused("--variants must be 1 or more, but was 0", "--variants", "0");
        refused("--total must be 1 or more, but was -3", "--total", "-3");
        refused("strategy must be one of", "--strategy", "wild");
        refused("there is no pool weather; there are physics, camera", "--pools", "weather,camera");
        refused("--modifiers must be a number or a range", "--modifiers", "lots");
        refused("modifiers per variant must be 1 or more", "--modifiers", "3..1");
        refused("there is no prompt file", "--prompts", folder.resolve("none").toString());
        refused("cannot read the prompt file", "--prompts", folder.toString());
        refused("there is no pool file", "--pool", folder.resolve("none").toString());
        refused("is blank", " ");
    }

    @Test
    void aBenchmarkThatDoesNotExistIsRefused() {
        assertThat(Benchmark.all()).containsOnlyKeys("decode", "dispatch", "mutate", "score", "sweep");
        assertThatThrownBy(() -> Benchmark.named("warp", Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("mutate")
                .hasMessageContaining("warp");
    }

    @Test
    void theMutationBenchmarkComparesSpeedAndMemory() throws Exception {
        List<BenchResult> results = new MutateBenchmark(2000).run(console());

        assertThat(results).hasSize(2);
        assertThat(results.get(0).value()).isPositive();
        assertThat(results.get(0).ratio())
                .isEqualTo(results.get(0).value() / results.get(0).peerValue());
    }

    @Test
    void theDispatchBenchmarkComparesSpeedWithTheIdealInAProcessOfItsOwn() throws Exception {
        List<BenchResult> results =
                new DispatchBenchmark(new DispatchBench.Load(60, 20, Duration.ofMillis(20)), 2, true).run(console());

        assertThat(results.get(0).what())
                .isEqualTo("dispatch: 60 jobs of 20 ms, 20 in flight, warmed up, quick compiler only, median of 2");
        assertThat(results.get(0).value()).isPositive();
        assertThat(results.get(0).peerValue()).isEqualTo(1_000);
        BenchResult last = results.get(results.size() - 1);
        assertThat(last.peer()).isEqualTo("aiohttp, without ledger and files");
        assertThat(last.value()).isEqualTo(results.get(0).value());
        assertThat(last.peerValue()).isBetween(1.0, 1_000.0);
    }

    @Test
    void theScoringBenchmarkComparesWithFfmpegOnBothSizes() throws Exception {
        List<BenchResult> results = new ScoreBenchmark(0.25).run(console());

        assertThat(results).extracting(BenchResult::what).anyMatch(what -> what.startsWith("score 480p.mp4"));
        assertThat(results).extracting(BenchResult::what).anyMatch(what -> what.startsWith("score 720p.mp4"));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.value()).isPositive();
            assertThat(result.peerValue()).isPositive();
        });
    }

    @Test
    void theDecodingBenchmarkComparesWithFfmpegOnBothSizes() throws Exception {
        List<BenchResult> results = new DecodeBenchmark(0.25).run(console());

        assertThat(results)
                .extracting(BenchResult::what)
                .containsExactly("decode 480p, one thread", "decode 720p, one thread");
        assertThat(results).allSatisfy(result -> {
            assertThat(result.value()).isPositive();
            assertThat(result.ratio()).isEqualTo(result.value() / result.peerValue());
        });
    }

    private void refused(String message, String... arguments) {
        err.reset();
        assertThat(run(new Vary(), arguments)).isEqualTo(Exit.BAD_ARGUMENTS);
        assertThat(err()).startsWith("error: ").contains(message);
    }

    private int run(Verb verb, String... arguments) {
        return Verb.execute(verb, console(), arguments);
    }

    private Console console() {
        return new Console(out, err, new ByteArrayInputStream(new byte[0]), Terminal.none());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
