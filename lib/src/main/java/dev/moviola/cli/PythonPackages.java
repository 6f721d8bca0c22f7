package dev.moviola.cli;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of Python with which benchmarks compare, from PyPI. Each set of packages has a virtual environment of its own,
 * made once in the user's cache folder.
 *
 * @param wanted who needs them and what for, the beginning of a sentence: {@code bench sweep compares with Optuna}
 * @param packages names and versions, as {@code pip} takes them
 */
public record PythonPackages(String wanted, List<String> packages) {
    private static final int MINUTES_TO_INSTALL = 30;
    private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

    /** Copies the list. */
    public PythonPackages {
        packages = List.copyOf(packages);
    }

    /** The cache folder of the user for programs that benchmarks compare with. */
    public static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path base =
                given == null || given.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return base.resolve("moviola").resolve("bench");
    }

    /**
     * The Python of an environment that has them, made now if there is none yet.
     *
     * @throws MoviolaException when there is no Python, or the packages cannot be had
     */
    public Path python(Console console) throws IOException, InterruptedException {
        return python(cache(), WINDOWS ? "python" : "python3", console);
    }

    /**
     * The same for any cache folder and Python.
     *
     * @param cache where environments lie
     * @param program the Python that makes them
     */
    public Path python(Path cache, String program, Console console) throws IOException, InterruptedException {
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

    private void install(List<String> command, Path log) throws InterruptedException, IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new MoviolaException(
                    wanted + " and needs python3 for it, but " + e.getMessage()
                            + "; install Python 3.11 or later, or give --no-peer",
                    e);
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES)) {
                throw new MoviolaException(wanted + ", whose installation must end within " + MINUTES_TO_INSTALL
                        + " min, but did not: " + end(log));
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new MoviolaException(wanted + " from PyPI, but \""
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
