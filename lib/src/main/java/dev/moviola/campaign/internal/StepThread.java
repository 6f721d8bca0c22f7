package dev.moviola.campaign.internal;

import dev.moviola.MoviolaException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of a run one after the other on threads of their own. Interrupting the caller asks the step to end
 * instead of tearing at its decoders and files; where it takes its time, the next step waits for it.
 */
public final class StepThread {
    private static final long PATIENCE_MILLIS = 700;

    private @Nullable CompletableFuture<?> latest;

    /**
     * Runs a step and waits for it.
     *
     * @param name what it is called in the message
     * @param stop asks it to end soon
     * @throws MoviolaException when the caller was interrupted
     */
    public <T> T run(String name, Supplier<T> work, Runnable stop) {
        CompletableFuture<T> result = new CompletableFuture<>();
        CompletableFuture<?> before = latest;
        latest = result;
        Thread thread = new Thread(
                outermost(),
                () -> {
                    if (before != null) {
                        before.handle((value, error) -> true).join();
                    }
                    try {
                        result.complete(work.get());
                    } catch (RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "moviola-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (InterruptedException e) {
            stop.run();
            patiently(result);
            Thread.currentThread().interrupt();
            throw new MoviolaException("the " + name + " was interrupted; start it again to go on where it stopped", e);
        }
    }

    // A notebook interrupts all threads of a cell again and again until they are gone.
    private static ThreadGroup outermost() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null && !group.getName().equals("main")) {
            group = group.getParent();
        }
        return group;
    }

    private static void patiently(CompletableFuture<?> result) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (System.nanoTime() < end) {
            try {
                result.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                return;
            } catch (InterruptedException again) {
                continue;
            } catch (ExecutionException | TimeoutException e) {
                return;
            }
        }
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new MoviolaException(String.valueOf(cause), cause);
    }
}
