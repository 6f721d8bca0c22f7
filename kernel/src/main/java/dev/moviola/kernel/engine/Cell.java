package dev.moviola.kernel.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a cell: what its threads belong to, also those that outlive it. Safe for use by many threads.
 */
public final class Cell {
    private static final InheritableThreadLocal<@Nullable Cell> CURRENT = new InheritableThreadLocal<>();

    private static volatile @Nullable Cell latest;

    private final int number;
    private final CellOutput output;
    private final ThreadGroup threads;
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private boolean settled;

    /**
     * A cell about to run.
     *
     * @param number its execution count
     * @param output where its output goes
     */
    public Cell(int number, CellOutput output) {
        this.number = number;
        this.output = output;
        this.threads = new Threads("cell " + number);
    }

    /** The cell to which the calling thread belongs; null if to none. */
    public static @Nullable Cell current() {
        // Workers of the common pool serve whoever calls, not the cell for which they happened to be started.
        if (Thread.currentThread() instanceof ForkJoinWorkerThread worker
                && worker.getPool() == ForkJoinPool.commonPool()) {
            return latest;
        }
        return CURRENT.get();
    }

    /** Makes the calling thread belong to this cell while {@code work} runs. */
    public void enter(Runnable work) {
        Cell before = CURRENT.get();
        CURRENT.set(this);
        latest = this;
        try {
            work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Its execution count. */
    public int number() {
        return number;
    }

    /** Where its output goes. */
    public CellOutput output() {
        return output;
    }

    /** Keeps something that belongs to this cell, in the place of what was kept of that type before. */
    public <T> void attach(Class<T> type, T attachment) {
        attachments.put(type, attachment);
    }

    /** What was {@linkplain #attach attached} of that type. */
    public <T> Optional<T> attached(Class<T> type) {
        return Optional.ofNullable(attachments.get(type)).map(type::cast);
    }

    /** Whether it was asked to stop. */
    public boolean stopped() {
        return stopped;
    }

    /** Asks every thread that this cell started to stop. */
    public void stop() {
        synchronized (this) {
            if (!stopped) {
                stopped = true;
                StopCheck.raise();
            }
            notifyAll();
        }
        interruptThreads();
    }

    /** Takes back what {@link #stop} raised once all threads have ended; false while some still run. */
    synchronized boolean settle() {
        if (stopped && !settled) {
            if (threads.activeCount() > 0) {
                return false;
            }
            settled = true;
            StopCheck.lower();
        }
        return true;
    }

    ThreadGroup threads() {
        return threads;
    }

    void interruptThreads() {
        Thread[] alive = new Thread[threads.activeCount() + 16];
        int count = threads.enumerate(alive, true);
        for (int i = 0; i < count; i++) {
            alive[i].interrupt();
        }
    }

    private static final class Threads extends ThreadGroup {
        Threads(String name) {
            super(name);
        }

        @Override
        public void uncaughtException(Thread thread, Throwable thrown) {
            if (!(thrown instanceof CellStop)) {
                super.uncaughtException(thread, thrown);
            }
        }
    }
}
