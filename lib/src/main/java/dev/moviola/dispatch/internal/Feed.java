package dev.moviola.dispatch.internal;

import dev.moviola.ledger.Job;
import dev.moviola.ledger.Ledger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Pulls jobs from a source that may be slow or endless, no faster than they are asked for, and adds them to the ledger.
 * The source is only ever touched by one thread of its own, so that it may compute, block and wait for results.
 */
final class Feed implements AutoCloseable {
    private final Iterator<Job> source;
    private final Ledger ledger;
    private final Loop loop;
    private final Consumer<Throwable> onFault;
    private final Added onAdded;
    private final Semaphore permits = new Semaphore(0);
    private final Thread thread;
    private List<Job> pending = new ArrayList<>();
    private boolean adding;
    private boolean ended;
    private int outstanding;
    private boolean exhausted;

    /** Is told on the loop which jobs the ledger was given and how many of them it did not hold before. */
    interface Added {
        void added(List<Job> given, int fresh);
    }

    Feed(Iterator<Job> source, Ledger ledger, Loop loop, Added onAdded, Consumer<Throwable> onFault) {
        this.source = source;
        this.ledger = ledger;
        this.loop = loop;
        this.onAdded = onAdded;
        this.onFault = onFault;
        thread = new Thread(this::pull, "moviola-source");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Asks that {@code jobs} more be on their way. Called on the loop. */
    void demand(int jobs) {
        int more = jobs - outstanding;
        if (more > 0 && !exhausted) {
            outstanding += more;
            permits.release(more);
        }
    }

    /** Whether the source has ended and all of its jobs are in the ledger. Called on the loop. */
    boolean isExhausted() {
        return exhausted;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void pull() {
        try {
            permits.acquire();
            while (source.hasNext()) {
                Job job = source.next();
                synchronized (this) {
                    pending.add(job);
                }
                flush();
                permits.acquire();
            }
            synchronized (this) {
                ended = true;
            }
            flush();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!Thread.currentThread().isInterrupted()) {
                loop.run(() -> onFault.accept(e));
            }
        }
    }

    private void flush() {
        List<Job> batch;
        synchronized (this) {
            if (adding) {
                return;
            }
            if (pending.isEmpty()) {
                if (ended) {
                    loop.run(() -> {
                        exhausted = true;
                        onAdded.added(List.of(), 0);
                    });
                }
                return;
            }
            batch = pending;
            pending = new ArrayList<>();
            adding = true;
        }
        loop.durable(ledger.add(batch), fresh -> {
            outstanding -= batch.size();
            synchronized (this) {
                adding = false;
            }
            onAdded.added(batch, fresh);
            flush();
        });
    }
}
