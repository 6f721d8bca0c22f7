package dev.moviola.cli.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.dispatch.internal.DispatchBench;
import dev.moviola.dispatch.internal.DispatchBench.Load;
import dev.moviola.dispatch.internal.DispatchBench.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Jobs a second through dispatcher, ledger and disk, beside what the generator alone would allow, and the memory that
 * this takes. Measured in a process of its own with a small heap and the first of the compilers alone, which the name of
 * the result says, so that nothing else counts.
 *
 * @param load what is dispatched
 * @param peer whether to compare with aiohttp too
 */
public record DispatchBenchmark(Load load, boolean peer) implements Benchmark {
    private static final double ALLOWED_MEBIBYTES = 400;
    private static final int DEADLINE_SECONDS = 300;

    @Override
    public List<BenchResult> run(Console console) throws IOException, InterruptedException {
        console.progress("dispatching " + load.jobs() + " jobs in a process of its own");
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            JsonNode measured = new ObjectMapper().readTree(child(folder));
            String what = String.format(
                    Locale.ROOT,
                    "dispatch: %,d jobs of %d ms, %,d in flight, warmed up, quick compiler only",
                    load.jobs(),
                    load.work().toMillis(),
                    load.inFlight());
            List<BenchResult> results = new ArrayList<>();
            results.add(BenchResult.of(
                    what, measured.get("jobs_per_second").asDouble(), "jobs/s", "the generator alone", load.ideal()));
            if (measured.has("mebibytes")) {
                results.add(BenchResult.of(
                        "dispatch: most memory resident",
                        measured.get("mebibytes").asDouble(),
                        "MiB",
                        "allowed",
                        ALLOWED_MEBIBYTES));
            }
            if (peer) {
                console.progress("dispatching " + load.jobs() + " jobs with aiohttp");
                results.add(BenchResult.of(
                        what,
                        measured.get("jobs_per_second").asDouble(),
                        "jobs/s",
                        "aiohttp, without ledger and files",
                        AiohttpPeer.jobsPerSecond(load, console)));
            }
            return results;
        } finally {
            Folders.remove(folder);
        }
    }

    private String child(Path folder) throws IOException, InterruptedException {
        return ChildProcess.java(
                List.of("-Xmx240m", "-Xmn120m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                DispatchBenchmark.class,
                List.of(
                        folder.toString(),
                        Integer.toString(load.jobs()),
                        Integer.toString(load.inFlight()),
                        Long.toString(load.work().toMillis())),
                folder,
                DEADLINE_SECONDS);
    }

    /** The process of its own: folder, jobs, in flight, milliseconds. */
    public static void main(String[] args) throws IOException {
        Load load = new Load(
                Integer.parseInt(args[1]), Integer.parseInt(args[2]), Duration.ofMillis(Long.parseLong(args[3])));
        Result result = DispatchBench.measure(load, Path.of(args[0]));
        if (result.summary().done() != load.jobs()) {
            throw new MoviolaException("every job must be done, but of " + load.jobs() + " were "
                    + result.summary().done());
        }
        Map<String, Double> measured = Double.isNaN(result.peakResidentMebibytes())
                ? Map.of("jobs_per_second", result.jobsPerSecond())
                : Map.of("jobs_per_second", result.jobsPerSecond(), "mebibytes", result.peakResidentMebibytes());
        System.out.println(new ObjectMapper().writeValueAsString(measured));
    }
}
