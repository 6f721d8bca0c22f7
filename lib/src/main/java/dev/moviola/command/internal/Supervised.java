package dev.moviola.command.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One running program. Its folder tells a later dispatcher what became of it: {@code process} names it, {@code exit}
 * holds its exit code and is only there once the program has ended by itself.
 */
public final class Supervised {
    private static final String PROCESS = "process";
    private static final String EXIT = "exit";
    private static final int TAIL_BYTES = 4_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(2);

    private final Process process;
    private final ProcessTree tree;
    private final Tail errors = new Tail(TAIL_BYTES);
    private final Tail output = new Tail(TAIL_BYTES);
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private volatile Cause cause = Cause.EXIT;

    private Supervised(Process process) {
        this.process = process;
        this.tree = new ProcessTree(process.toHandle());
    }

    /** Why a program ended. */
    public enum Cause {
        /** By itself. */
        EXIT,
        /** It ran longer than it may. */
        DEADLINE,
        /** It was asked to. */
        STOPPED,
        /** This process ends. */
        ABANDONED
    }

    /**
     * How a program ended.
     *
     * @param cause why
     * @param code its exit code
     * @param tail the last that it wrote to its error stream, or to its output when it wrote no errors
     * @param output the last that it wrote to its output
     */
    public record End(Cause cause, int code, String tail, String output) {}

    /**
     * Starts a program. What it prints is read on threads of {@code threads}, one of which hands each line of its output
     * to {@code lines}; {@code timer} must not block.
     */
    public static Supervised start(
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Duration deadline,
            Consumer<String> lines,
            Executor threads,
            ScheduledExecutorService timer)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(InterruptShield.around(arguments));
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        Supervised supervised = new Supervised(process);
        try {
            process.getOutputStream().close();
            Files.writeString(directory.resolve(PROCESS), identity(process.toHandle()));
        } catch (IOException e) {
            supervised.tree.end();
            throw e;
        }
        supervised.watch(directory, deadline, lines, threads, timer);
        return supervised;
    }

    /** The exit code that a program left in its folder, if it ended by itself. */
    public static OptionalInt exitCode(Path directory) {
        try {
            return OptionalInt.of(
                    Integer.parseInt(Files.readString(directory.resolve(EXIT)).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Ends the program that an earlier dispatcher started in that folder, if it still runs. */
    public static void endLeftOver(Path directory) {
        leftOver(directory).ifPresent(handle -> new ProcessTree(handle).end());
    }

    /** Completes when the program has ended and its output was read. */
    public CompletableFuture<End> end() {
        return end.copy();
    }

    /** Ends the program and everything that it started. */
    public void stop() {
        endBecause(Cause.STOPPED);
    }

    /** As {@link #stop}, but {@link #end} never completes, and nothing says that it ended by itself. */
    public void abandon() {
        endBecause(Cause.ABANDONED);
    }

    private void watch(
            Path directory,
            Duration deadline,
            Consumer<String> lines,
            Executor threads,
            ScheduledExecutorService timer) {
        CompletableFuture<Void> errorsRead =
                CompletableFuture.runAsync(() -> errors.drain(process.getErrorStream()), threads);
        CompletableFuture<Void> outputRead =
                CompletableFuture.runAsync(() -> output.drain(process.getInputStream(), lines), threads);
        ScheduledFuture<?> limit =
                timer.schedule(() -> endBecause(Cause.DEADLINE), deadline.toNanos(), TimeUnit.NANOSECONDS);
        ScheduledFuture<?> looks = timer.scheduleWithFixedDelay(
                tree::look, LOOK_EVERY.toNanos(), LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        process.onExit()
                .whenCompleteAsync(
                        (ended, impossible) -> {
                            limit.cancel(false);
                            looks.cancel(false);
                            tree.end();
                            if (cause == Cause.ABANDONED) {
                                return;
                            }
                            CompletableFuture.allOf(errorsRead, outputRead)
                                    .completeOnTimeout(null, LAST_OUTPUT.toNanos(), TimeUnit.NANOSECONDS)
                                    .join();
                            if (cause == Cause.EXIT) {
                                writeExit(directory);
                            }
                            String tail = errors.text();
                            end.complete(new End(
                                    cause, process.exitValue(), tail.isEmpty() ? output.text() : tail, output.text()));
                        },
                        threads);
    }

    private void endBecause(Cause why) {
        if (process.isAlive()) {
            cause = why;
            tree.end();
        }
    }

    private void writeExit(Path directory) {
        try {
            Path draft = directory.resolve(EXIT + ".new");
            Files.writeString(draft, Integer.toString(process.exitValue()), StandardCharsets.US_ASCII);
            Files.move(draft, directory.resolve(EXIT), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException withoutMark) {
            // A resumed dispatch then runs the program once more, which is safe.
            return;
        }
    }

    private static Optional<ProcessHandle> leftOver(Path directory) {
        try {
            String identity = Files.readString(directory.resolve(PROCESS)).strip();
            long pid = Long.parseLong(identity.substring(0, identity.indexOf(' ')));
            return ProcessHandle.of(pid).filter(handle -> identity(handle).equals(identity));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String identity(ProcessHandle handle) {
        return handle.pid() + " "
                + handle.info().startInstant().map(Object::toString).orElse("unknown");
    }
}
