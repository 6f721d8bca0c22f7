package dev.moviola.cli.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Console;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.jspecify.annotations.Nullable;

/** What asks and tells cost. */
public final class SweepCost {
    private static final int TIMES = 50;
    private static final double ALLOWED_SECONDS = 60;
    private static final double ALLOWED_MEBIBYTES = 400;
    private static final int DEADLINE_SECONDS = 600;

    private SweepCost() {}

    static void measure(
            Console console, List<BenchResult> results, @Nullable OptunaPeer optuna, int finished, int trials)
            throws IOException, InterruptedException {
        console.progress("sweep: asks and tells after " + finished + " trials");
        String what = String.format(Locale.ROOT, "sweep: ask and tell of tpe after %,d trials, 6 parameters", finished);
        double[] ours = millisecondsToAsk(finished);
        results.add(
                optuna == null
                        ? BenchResult.of(what + ", with ledger", new Median().evaluate(ours), "ms", "nothing", 0)
                        : BenchResult.of(
                                what + ", with ledger",
                                new Median().evaluate(ours),
                                "ms",
                                "Optuna's multivariate TPE in memory",
                                optuna.millisecondsToAsk(finished, TIMES)));
        console.progress("sweep: " + trials + " random trials");
        String flood = String.format(Locale.ROOT, "sweep: %,d random trials in memory", trials);
        JsonNode own = child(trials);
        double seconds = own.get("seconds").asDouble();
        results.add(BenchResult.of(flood, seconds, "s", "allowed", ALLOWED_SECONDS));
        if (own.has("mebibytes")) {
            double most = own.get("mebibytes").asDouble();
            results.add(BenchResult.of(flood + ", most memory", most, "MiB", "allowed", ALLOWED_MEBIBYTES));
        }
        if (optuna != null) {
            OptunaPeer.Flood theirs = optuna.flood(trials);
            results.add(BenchResult.of(flood, seconds, "s", "Optuna", theirs.seconds()));
            if (own.has("mebibytes")) {
                results.add(BenchResult.of(
                        flood + ", most memory", own.get("mebibytes").asDouble(), "MiB", "Optuna", theirs.mebibytes()));
            }
        }
    }

    /** Each of the asks and tells after {@code finished} of them. */
    private static double[] millisecondsToAsk(int finished) throws IOException {
        Path folder = Files.createTempDirectory("moviola-bench");
        try (Run run = Run.create(folder, "cost", Parameters.none())) {
            Study study = Study.create(run).space(space()).sampler(Sampler.tpe());
            double[] times = new double[TIMES];
            for (int i = 0; i < finished + TIMES; i++) {
                long begin = System.nanoTime();
                Trial trial = study.ask();
                study.tell(trial, sphere(trial.settings()));
                if (i >= finished) {
                    times[i - finished] = (System.nanoTime() - begin) / 1e6;
                }
            }
            return times;
        } finally {
            Folders.remove(folder);
        }
    }

    private static JsonNode child(int trials) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            return new ObjectMapper()
                    .readTree(ChildProcess.java(
                            List.of("-Xmx160m", "-XX:+UseSerialGC"),
                            SweepCost.class,
                            List.of(Integer.toString(trials)),
                            folder,
                            DEADLINE_SECONDS));
        } finally {
            Folders.remove(folder);
        }
    }

    /** The process of its own: the number of trials. */
    public static void main(String[] args) throws IOException {
        int trials = Integer.parseInt(args[0]);
        long begin = System.nanoTime();
        Study study = Study.inMemory().space(space()).sampler(Sampler.random());
        for (int i = 0; i < trials; i++) {
            Trial trial = study.ask();
            study.tell(trial, sphere(trial.settings()));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double most = mostResident();
        System.out.println(new ObjectMapper()
                .writeValueAsString(
                        Double.isNaN(most)
                                ? Map.of("seconds", seconds)
                                : Map.of("seconds", seconds, "mebibytes", most)));
    }

    /** The most mebibytes that this process held, NaN where the system does not say. */
    private static double mostResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        }
        return Double.NaN;
    }

    private static Space space() {
        Space space = Space.empty();
        for (int i = 0; i < 6; i++) {
            space = space.real("x" + i, 0, 1);
        }
        return space;
    }

    private static double sphere(Parameters at) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += at.number("x" + i) * at.number("x" + i);
        }
        return sum;
    }
}
