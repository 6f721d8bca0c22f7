package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.DispatchListener;
import dev.moviola.dispatch.DispatchProgress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tells a listener on a thread of its own; while the listener is at work, all but the last message are dropped. */
final class Reporter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reporter.class.getName());
    private static final long PATIENCE_SECONDS = 10;

    private final DispatchListener listener;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService thread;
    private boolean failed;

    Reporter(DispatchListener listener) {
        this.listener = listener;
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "moviola-progress");
            made.setDaemon(true);
            return made;
        });
    }

    void tell(DispatchProgress progress) {
        if (busy.compareAndSet(false, true)) {
            thread.execute(() -> {
                deliver(progress);
                busy.set(false);
            });
        }
    }

    void last(DispatchProgress progress) {
        thread.execute(() -> deliver(progress));
    }

    private void deliver(DispatchProgress progress) {
        try {
            listener.progress(progress);
        } catch (RuntimeException e) {
            if (!failed) {
                failed = true;
                LOG.log(System.Logger.Level.WARNING, "a listener of the dispatch failed, and may do so again", e);
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
