package dev.moviola.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A command that runs. What it has said so far can be waited for, and signals can be sent to it. */
final class RunningCommand implements AutoCloseable {
    private static final int DEADLINE_SECONDS = 300;

    private final List<String> command;
    private final Process process;
    private final Path out;
    private final Path err;

    private RunningCommand(List<String> command, Process process, Path out, Path err) {
        this.command = command;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a command, its streams being files and its input empty. */
    static RunningCommand start(List<String> command, Path folder, Map<String, String> environment) {
        return start(
                command,
                folder,
                environment,
                ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    /** Starts {@code ./jbang} on a terminal of its own; what it shows there is its standard output. */
    static RunningCommand onTerminal(String line, Path folder, Map<String, String> environment) {
        return start(
                List.of("script", "-q", "-e", "-c", "'" + CommandLine.ROOT.resolve("jbang") + "' " + line, "/dev/null"),
                folder,
                environment,
                ProcessBuilder.Redirect.PIPE);
    }

    private static RunningCommand start(
            List<String> command, Path folder, Map<String, String> environment, ProcessBuilder.Redirect input) {
        try {
            Path out = Files.createTempFile("moviola", ".out");
            Path err = Files.createTempFile("moviola", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(input)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("MAVEN_OPTS");
            builder.environment().remove("XAI_API_KEY");
            builder.environment().put("JBANG_REPO", System.getProperty("moviola.repository"));
            builder.environment().put("JBANG_DIR", System.getProperty("moviola.jbang"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            return new RunningCommand(command, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Types a line. */
    void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written to standard output so far. */
    String out() {
        return read(out);
    }

    /** What it has written to standard error so far. */
    String err() {
        return read(err);
    }

    /** The number of its process. */
    long pid() {
        return process.pid();
    }

    /** Waits until {@code holds}, and fails when the command ends before or it takes too long. */
    void await(String what, BooleanSupplier holds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (!holds.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                if (holds.getAsBoolean()) {
                    return;
                }
                throw new AssertionError(
                        "waited in vain for " + what + " from " + command + (process.isAlive() ? "" : ", which ended")
                                + "\n-- standard output:\n" + out() + "\n-- standard error:\n" + err());
            }
            sleep();
        }
    }

    /** Sends a signal to it and all that it started, as a terminal does. It must have been started by setsid. */
    void signalGroup(String name) {
        kill("-" + name, "--", "-" + process.pid());
    }

    /** Waits until it has ended. */
    CommandLineResult result() {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " took longer than " + DEADLINE_SECONDS + " s\n" + err());
            }
            return new CommandLineResult(command, process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it with all that it started, where that has not ended by itself. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void kill(String... words) {
        try {
            List<String> command = new java.util.ArrayList<>(List.of("kill"));
            command.addAll(List.of(words));
            int code = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (code != 0) {
                throw new AssertionError(command + " exited with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
