package dev.moviola.dispatch.internal;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one thread on which all state of a dispatch lives. What comes after {@link #close()} is dropped. */
final class Loop implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final Consumer<Throwable> onFault;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Loop(Consumer<Throwable> onFault) {
        this.onFault = onFault;
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "moviola-dispatch");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Nanoseconds on a clock that never goes back. */
    long now() {
        return System.nanoTime();
    }

    void run(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            wake();
        }
    }

    private void wake() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException afterTheEnd) {
            return;
        }
    }

    /** One wake-up serves all that was asked before it; what is asked meanwhile lets timers go first. */
    private void work() {
        int served = waiting.get();
        for (int i = 0; i < served && !executor.isShutdown(); i++) {
            guarded(tasks.remove());
        }
        if (waiting.addAndGet(-served) > 0) {
            wake();
        }
    }

    @Nullable
    ScheduledFuture<?> later(long nanos, Runnable task) {
        try {
            return executor.schedule(() -> guarded(task), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException afterTheEnd) {
            return null;
        }
    }

    void every(long nanos, Runnable task) {
        executor.scheduleAtFixedRate(() -> guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /** Hands what becomes of {@code future} to {@code then}: a value or an error. */
    <T> void when(CompletableFuture<T> future, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        future.whenComplete((value, error) -> run(() -> then.accept(value, error)));
    }

    /** Goes on once a write of the ledger is durable. That it cannot be written is a fault of the whole dispatch. */
    <T> void durable(CompletableFuture<T> write, Consumer<T> then) {
        write.whenComplete((value, error) -> run(() -> {
            if (error != null) {
                onFault.accept(error);
            } else {
                then.accept(value);
            }
        }));
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            onFault.accept(e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
