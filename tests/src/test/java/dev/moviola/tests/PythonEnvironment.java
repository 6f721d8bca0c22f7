package dev.moviola.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The Python that the tests of other languages' clients run in: a virtual environment with tests/requirements.txt, made
 * once for each content of that file in the user's cache folder and shared by all builds.
 *
 * <p>Where Python or Chromium is missing the test is aborted with the reason, and fails when the environment variable CI
 * is {@code true}.
 */
final class PythonEnvironment {
    private static final List<String> BROWSERS =
            List.of("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome");

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /** The environment, made now if it is not there yet. */
    static PythonEnvironment ready() {
        Path requirements = Path.of("requirements.txt").toAbsolutePath();
        String python = find("python3")
                .or(() -> find("python"))
                .orElseThrow(() -> missing("python3 is not on the path; install python3 and python3-venv"));
        try {
            String version = run(List.of(python, "--version"), 60).strip();
            Path cache = cache().resolve("moviola").resolve("python");
            Files.createDirectories(cache);
            Path folder = cache.resolve(hash(version + "\n" + Files.readString(requirements)));
            try (FileChannel channel = FileChannel.open(
                            cache.resolve(folder.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(folder.resolve("complete"))) {
                    make(python, folder, requirements);
                }
            }
            return new PythonEnvironment(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The interpreter of the environment. */
    Path python() {
        return program("python");
    }

    /** A program that a requirement has installed, such as {@code jupyter}. */
    Path program(String name) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        return windows
                ? folder.resolve("Scripts").resolve(name + ".exe")
                : folder.resolve("bin").resolve(name);
    }

    /**
     * Runs a script under src/test/python and gives what it printed.
     *
     * @throws AssertionError with its output when it fails or takes longer than {@code seconds}
     */
    String run(String script, List<String> arguments, int seconds) {
        List<String> command = new ArrayList<>();
        command.add(python().toString());
        command.add(Path.of("src", "test", "python", script).toAbsolutePath().toString());
        command.addAll(arguments);
        try {
            return run(command, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first of $CHROMIUM and the usual names that there is. */
    static String chromium() {
        List<String> names = new ArrayList<>();
        Optional.ofNullable(System.getenv("CHROMIUM")).ifPresent(names::add);
        names.addAll(BROWSERS);
        return names.stream()
                .flatMap(name -> find(name).stream())
                .findFirst()
                .orElseThrow(() -> missing("no Chromium found; install the package chromium or set CHROMIUM"));
    }

    private static void make(String python, Path folder, Path requirements) throws IOException {
        run(List.of(python, "-m", "venv", "--clear", folder.toString()), 300);
        Path installed = new PythonEnvironment(folder).python();
        run(
                List.of(
                        installed.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "-r",
                        requirements.toString()),
                900);
        Files.createFile(folder.resolve("complete"));
    }

    private static String run(List<String> command, int seconds) throws IOException {
        Path output = Files.createTempFile("moviola-tests", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
            String text = Files.readString(output, StandardCharsets.UTF_8);
            if (!ended || process.exitValue() != 0) {
                throw new AssertionError(
                        command + (ended ? " ended with " + process.exitValue() : " took over " + seconds + " s")
                                + " and said:\n" + text);
            }
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(command + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    private static Optional<String> find(String program) {
        Path path = Path.of(program);
        if (path.isAbsolute()) {
            return Files.isExecutable(path) ? Optional.of(program) : Optional.empty();
        }
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static RuntimeException missing(String reason) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        System.err.println("ABORTED: " + reason);
        return new TestAbortedException(reason);
    }

    private static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        return home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
