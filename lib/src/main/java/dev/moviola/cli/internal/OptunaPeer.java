package dev.moviola.cli.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.cli.Console;
import dev.moviola.cli.PythonPackages;
import dev.moviola.ledger.Parameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Optuna in a process of its own, from a virtual environment that is made once in the user's cache folder. Used by one
 * thread.
 */
final class OptunaPeer implements AutoCloseable {
    private static final List<String> PACKAGES = List.of("optuna==5.0.0", "cmaes==0.13.1");
    private static final List<String> TORCH = List.of("torch==2.9.1", "scipy==1.16.3");
    private static final String SCRIPT = "/dev/moviola/cli/optuna_peer.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final Writer to;
    private final BufferedReader from;

    private OptunaPeer(Path folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.to = process.outputWriter(StandardCharsets.UTF_8);
        this.from = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param torch whether its Gaussian process is needed, which takes gigabytes
     * @throws MoviolaException when there is no Python, or the packages cannot be had
     */
    static OptunaPeer start(boolean torch, Console console) throws IOException, InterruptedException {
        Path python = packages(torch).python(console);
        Path folder = Files.createTempDirectory("moviola-bench");
        Path script = folder.resolve("optuna_peer.py");
        try (InputStream source = Objects.requireNonNull(OptunaPeer.class.getResourceAsStream(SCRIPT))) {
            Files.copy(source, script);
        }
        return new OptunaPeer(
                folder,
                new ProcessBuilder(python.toString(), script.toString())
                        .redirectError(folder.resolve("err.txt").toFile())
                        .start());
    }

    /** The least regret that one of its samplers reaches. */
    double search(SweepFunction on, String sampler, long seed, int trials) throws IOException {
        send(Map.of(
                "do",
                "search",
                "sampler",
                sampler,
                "seed",
                seed,
                "trials",
                trials,
                "space",
                on.space().toParameters().list("parameters")));
        double least = Double.POSITIVE_INFINITY;
        for (JsonNode said = receive(); said.has("try"); said = receive()) {
            double regret = on.regret(Parameters.parse(said.get("try").toString()));
            least = Math.min(least, regret);
            send(regret);
        }
        return least;
    }

    /** The median milliseconds of an ask and a tell of its multivariate TPE after {@code finished} trials. */
    double millisecondsToAsk(int finished, int times) throws IOException {
        send(Map.of("do", "cost", "finished", finished, "times", times));
        return receive().get("milliseconds").asDouble();
    }

    /** How long random trials take, and the memory then resident. */
    record Flood(double seconds, double mebibytes) {}

    /** Asks for and tells {@code trials} random trials. */
    Flood flood(int trials) throws IOException {
        send(Map.of("do", "flood", "trials", trials));
        JsonNode said = receive();
        return new Flood(said.get("seconds").asDouble(), said.get("mebibytes").asDouble());
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Folders.remove(folder);
    }

    private void send(Object message) throws IOException {
        try {
            to.write(JSON.writeValueAsString(message));
            to.write('\n');
            to.flush();
        } catch (IOException e) {
            throw broken();
        }
    }

    private JsonNode receive() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw broken();
        }
        return JSON.readTree(line);
    }

    private MoviolaException broken() throws IOException {
        return new MoviolaException("Optuna's process ended early: " + end(folder.resolve("err.txt")));
    }

    /** Optuna, and what its Gaussian process needs. */
    static PythonPackages packages(boolean torch) {
        List<String> packages = new ArrayList<>(PACKAGES);
        if (torch) {
            packages.addAll(TORCH);
        }
        return new PythonPackages("bench sweep compares with Optuna", packages);
    }

    private static String end(Path log) throws IOException {
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        return said.substring(Math.max(0, said.length() - 600));
    }
}
