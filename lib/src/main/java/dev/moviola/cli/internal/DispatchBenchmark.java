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
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Jobs a second through dispatcher, ledger and disk, beside what the generator alone would allow, and the memory that
 * this takes: the median of a few rounds, in turns with the peer. Measured in a process of its own with a small heap and
 * the first of the compilers alone, which the name of the result says, so that nothing else counts.
 *
 * @param load what is dispatched
 * @param rounds how often, 1 or more
 * @param peer whether to compare with aiohttp too
 */
public record DispatchBenchmark(Load load, int rounds, boolean peer) implements Benchmark {
    private static final double ALLOWED_MEBIBYTES = 400;
    private static final int DEADLINE_SECONDS = 300;

    @Override
    public List<BenchResult> run(Console console) throws IOException, InterruptedException {
        double[] ours = new double[rounds];
        double[] peers = new double[rounds];
        double mebibytes = 0;
        // Removed at the very end: some file systems are slow to make files for minutes after many were removed.
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            for (int round = 0; round < rounds; round++) {
                String progress = load.jobs() + " jobs, " + (round + 1) + " of " + rounds;
                console.progress("dispatching " + progress);
                JsonNode measured = new ObjectMapper().readTree(child(folder));
                ours[round] = measured.get("jobs_per_second").asDouble();
                mebibytes = Math.max(mebibytes, measured.path("mebibytes").asDouble());
                if (peer) {
                    console.progress("dispatching with aiohttp " + progress);
                    peers[round] = AiohttpPeer.jobsPerSecond(load, console);
                }
            }
        } finally {
            Folders.remove(folder);
        }
        String what = String.format(
                Locale.ROOT,
                "dispatch: %,d jobs of %d ms, %,d in flight, warmed up, quick compiler only, median of %d",
                load.jobs(),
                load.work().toMillis(),
                load.inFlight(),
                rounds);
        List<BenchResult> results = new ArrayList<>();
        results.add(BenchResult.of(what, new Median().evaluate(ours), "jobs/s", "the generator alone", load.ideal()));
        if (mebibytes > 0) {
            results.add(
                    BenchResult.of("dispatch: most memory resident", mebibytes, "MiB", "allowed", ALLOWED_MEBIBYTES));
        }
        if (peer) {
            results.add(BenchResult.of(
                    what,
                    new Median().evaluate(ours),
                    "jobs/s",
                    "aiohttp, without ledger and files",
                    new Median().evaluate(peers)));
        }
        return results;
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
