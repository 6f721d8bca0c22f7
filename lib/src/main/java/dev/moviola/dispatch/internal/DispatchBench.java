package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.ArtefactStore;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.Dispatcher;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How many jobs a second the dispatcher gets through against a generator on the loopback address that needs the same
 * time for every job. Each job costs one HTTP request, whose answer is the clip, three durable changes of the ledger and
 * one durable file; generator and dispatcher share the machine and the process.
 */
public final class DispatchBench {
    private DispatchBench() {}

    /**
     * What is measured.
     *
     * @param jobs how many jobs
     * @param inFlight how many at a time
     * @param work how long the generator needs for each
     */
    public record Load(int jobs, int inFlight, Duration work) {
        /** 10,000 jobs of 500 ms, 1,000 at a time. */
        public static Load standard() {
            return new Load(10_000, 1_000, Duration.ofMillis(500));
        }

        /** Jobs a second if nothing but the generator took time. */
        public double ideal() {
            return inFlight / (work.toNanos() / 1e9);
        }
    }

    /**
     * What was measured.
     *
     * @param jobsPerSecond jobs done by wall-clock time, the ramps at both ends included
     * @param ratio its share of {@link Load#ideal()}
     * @param peakResidentMebibytes the most memory that the process held, NaN where the system does not say
     * @param cpuSeconds processor time of the process meanwhile
     * @param summary what the dispatcher says
     */
    public record Result(
            double jobsPerSecond,
            double ratio,
            double peakResidentMebibytes,
            double cpuSeconds,
            DispatchSummary summary) {}

    /**
     * Runs a load in a new run below {@code folder}, after another of fewer jobs, in which the compiler gets to know the
     * code.
     */
    public static Result measure(Load load, Path folder) throws IOException {
        Load warmUp = new Load(Math.min(load.jobs(), 4 * load.inFlight()), load.inFlight(), load.work());
        try (Run run = Run.create(folder, "warm up", Parameters.none())) {
            run(warmUp, run.ledger(), new RunStore(run));
        }
        try (Run run = Run.create(folder, "dispatch benchmark", Parameters.none())) {
            return run(load, run.ledger(), new RunStore(run));
        }
    }

    /** Runs a load once. Its connections are opened meanwhile. */
    public static Result run(Load load, Ledger ledger, ArtefactStore store) throws IOException {
        try (LoopbackGenerator generator = LoopbackGenerator.of(load);
                LoopbackBackend backend = new LoopbackBackend(generator.jobs())) {
            DispatchOptions options =
                    DispatchOptions.defaults().withInFlight(load.inFlight()).withFetches(32);
            long cpu = cpuNanos();
            DispatchSummary summary = Dispatcher.of(ledger, store, backend, options)
                    .run(IntStream.range(0, load.jobs())
                            .mapToObj(n -> Job.generate(Parameters.of("n", n), Parameters.none()))
                            .iterator());
            double rate = summary.done() / (summary.elapsed().toNanos() / 1e9);
            return new Result(rate, rate / load.ideal(), peakResident(), (cpuNanos() - cpu) / 1e9, summary);
        }
    }

    private static long cpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private static double peakResident() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        } catch (IOException notLinux) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
