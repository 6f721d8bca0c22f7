package dev.moviola.cli.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.cli.Console;
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
import java.util.concurrent.TimeUnit;

/**
 * Optuna in a process of its own, from a virtual environment that is made once in the user's cache folder. Used by one
 * thread.
 */
final class OptunaPeer implements AutoCloseable {
    private static final List<String> PACKAGES = List.of("optuna==5.0.0", "cmaes==0.13.1");
    private static final List<String> TORCH = List.of("torch==2.9.1", "scipy==1.16.3");
    private static final int MINUTES_TO_INSTALL = 30;
    private static final String SCRIPT = "/dev/moviola/cli/optuna_peer.py";
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");
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
     * @param cache the folder for the virtual environment
     * @param torch whether its Gaussian process is needed, which takes gigabytes
     * @throws MoviolaException when there is no Python, or the packages cannot be had
     */
    static OptunaPeer start(Path cache, boolean torch, Console console) throws IOException, InterruptedException {
        Path python = environment(cache, WINDOWS ? "python" : "python3", torch, console);
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

    /** The cache folder of the user for programs that benchmarks compare with. */
    static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return base.resolve("moviola").resolve("bench");
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

    /** The Python of an environment that has Optuna, made by {@code program} if there is none yet. */
    static Path environment(Path cache, String program, boolean torch, Console console)
            throws IOException, InterruptedException {
        List<String> packages = new ArrayList<>(PACKAGES);
        if (torch) {
            packages.addAll(TORCH);
        }
        Path folder = cache.resolve(String.join("-", packages).replace("==", "-"));
        Path python = folder.resolve(WINDOWS ? "Scripts/python.exe" : "bin/python");
        Path ready = folder.resolve("ready");
        if (Files.exists(ready)) {
            return python;
        }
        Files.createDirectories(folder);
        console.progress("making a Python environment with " + String.join(", ", packages));
        Path log = Files.createTempFile("moviola-bench", ".txt");
        try {
            install(List.of(program, "-m", "venv", "--clear", folder.toString()), log);
            List<String> pip = new ArrayList<>(
                    List.of(python.toString(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"));
            pip.addAll(packages);
            install(pip, log);
        } finally {
            Files.delete(log);
        }
        Files.writeString(ready, String.join("\n", packages) + "\n");
        return python;
    }

    private static void install(List<String> command, Path log) throws InterruptedException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new MoviolaException(
                    "bench sweep compares with Optuna and needs python3 for it, but " + e.getMessage()
                            + "; install Python 3.11 or later, or give --no-peer",
                    e);
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES)) {
                throw new MoviolaException(
                        "installing Optuna must end within " + MINUTES_TO_INSTALL + " min, but did not: " + end(log));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new MoviolaException("bench sweep compares with Optuna from PyPI, but \""
                    + String.join(" ", command.subList(1, Math.min(4, command.size()))) + "\" ended with code "
                    + process.exitValue() + ": " + end(log) + "; see to the network, or give --no-peer");
        }
    }

    private static String end(Path log) throws IOException {
        String said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ")
                .strip();
        return said.substring(Math.max(0, said.length() - 600));
    }
}
