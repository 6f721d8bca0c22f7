package dev.moviola.command.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * The programs that one owner has running, and the threads that watch them. When this process is told to end, they are
 * ended first, and nobody hears of that: to a later dispatcher they look like programs whose dispatcher was killed.
 */
public final class Programs implements AutoCloseable {
    private final Set<Supervised> running = ConcurrentHashMap.newKeySet();
    private final ReadWriteLock starting = new ReentrantReadWriteLock();
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;
    private final Thread hook;
    private volatile boolean closed;

    /** No programs yet. The threads are called {@code name}. */
    public Programs(String name) {
        threads = Executors.newCachedThreadPool(daemons(name));
        timer = Executors.newSingleThreadScheduledExecutor(daemons(name + "-timer"));
        hook = new Thread(this::abandon, name + "-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            abandon();
        }
    }

    /** Threads that may block. */
    public ExecutorService threads() {
        return threads;
    }

    /** Starts a program. Once this process ends it does not return. */
    public Supervised start(List<String> arguments, Map<String, String> environment, Path directory, Duration deadline)
            throws IOException {
        return start(arguments, environment, directory, deadline, line -> {});
    }

    /** As without {@code lines}, which is told each line of the program's output by a thread that may block. */
    public Supervised start(
            List<String> arguments,
            Map<String, String> environment,
            Path directory,
            Duration deadline,
            Consumer<String> lines)
            throws IOException {
        starting.readLock().lock();
        try {
            Supervised program = Supervised.start(arguments, environment, directory, deadline, lines, threads, timer);
            running.add(program);
            program.end().thenRun(() -> running.remove(program));
            if (closed) {
                program.stop();
            }
            return program;
        } finally {
            starting.readLock().unlock();
        }
    }

    /** Ends every program that still runs. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        running.forEach(Supervised::stop);
        timer.shutdownNow();
        threads.shutdown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            return;
        }
    }

    private void abandon() {
        // Never unlocked: nothing may be started any more.
        starting.writeLock().lock();
        running.forEach(Supervised::abandon);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
