package dev.moviola.ledger.internal;

import dev.moviola.ledger.LedgerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a ledger file: changes that wait together are committed together, so that one flush of the disk
 * serves them all. One that is refused has written nothing and does not harm its neighbours; should one break off
 * halfway, the others are made again without it.
 *
 * <p>At most {@value #LONGEST_QUEUE} changes wait; whoever asks for more is held until there is room.
 */
final class GroupCommit implements AutoCloseable {
    static final int LONGEST_QUEUE = 20_000;
    private static final int LARGEST_GROUP = 1_000;

    private final BlockingQueue<Change<?>> queue = new ArrayBlockingQueue<>(LONGEST_QUEUE);
    private final AtomicInteger untold = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private final ExecutorService notifier;
    private final Thread thread;
    private final Path file;
    private final Sql sql;
    private final SqlStore store;
    private final Rules rules;
    private volatile boolean closing;
    private volatile boolean ended;

    GroupCommit(Path file, Sql sql) {
        this.file = file;
        this.sql = sql;
        this.store = new SqlStore(sql);
        this.rules = new Rules(store);
        this.notifier = Executors.newSingleThreadExecutor(task -> daemon(task, "ledger-notify"));
        this.thread = daemon(this::work, "ledger-write");
        thread.start();
    }

    /**
     * As {@link #submit}, for callers that wait for the result anyway: where nothing else waits to be written, the
     * calling thread writes it, which saves two changes of thread.
     */
    <T> CompletableFuture<T> write(Function<Rules, T> change) {
        if (!untold.compareAndSet(0, 1)) {
            return submit(change);
        }
        writing.lock();
        try {
            if (closing) {
                return refused();
            }
            Change<T> alone = new Change<>(change);
            attemptOrFail(List.of(alone));
            alone.tell();
            return alone.result;
        } finally {
            writing.unlock();
            untold.decrementAndGet();
        }
    }

    <T> CompletableFuture<T> submit(Function<Rules, T> change) {
        Change<T> queued = new Change<>(change);
        boolean interrupted = false;
        try {
            while (true) {
                if (closing) {
                    return refused();
                }
                try {
                    if (queue.offer(queued, 100, TimeUnit.MILLISECONDS)) {
                        untold.incrementAndGet();
                        if (ended) {
                            refuseLate();
                        }
                        return queued.result;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> CompletableFuture<T> refused() {
        return CompletableFuture.failedFuture(new LedgerException("the ledger " + file + " is closed; open it again"));
    }

    /** Commits what waits and ends. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        notifier.shutdown();
        try {
            if (!interrupted && !notifier.awaitTermination(10, TimeUnit.SECONDS)) {
                notifier.shutdownNow();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Change<?>> group = new ArrayList<>();
        while (true) {
            group.clear();
            try {
                Change<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closing && queue.isEmpty()) {
                        break;
                    }
                    continue;
                }
                group.add(first);
            } catch (InterruptedException e) {
                continue;
            }
            queue.drainTo(group, LARGEST_GROUP - 1);
            commit(group);
        }
        writing.lock();
        try (sql) {
            sql.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (LedgerException e) {
            System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "no checkpoint on closing", e);
        } finally {
            writing.unlock();
        }
        ended = true;
        refuseLate();
    }

    /** Answers those who asked between the last look at the queue and the end. */
    private void refuseLate() {
        for (Change<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(new LedgerException("the ledger " + file + " is closed; open it again"));
            late.tell();
        }
    }

    private void commit(List<Change<?>> group) {
        writing.lock();
        try {
            attemptOrFail(group);
        } finally {
            writing.unlock();
        }
        List<Change<?>> done = List.copyOf(group);
        notifier.execute(() -> {
            done.forEach(Change::tell);
            untold.addAndGet(-done.size());
        });
    }

    private void attemptOrFail(List<Change<?>> group) {
        try {
            attemptUntilWhole(group);
        } catch (RuntimeException | Error e) {
            rollBack();
            for (Change<?> change : group) {
                change.fail(e);
            }
        }
    }

    private void attemptUntilWhole(List<Change<?>> group) {
        try {
            while (!attempt(group)) {
                rollBack();
            }
        } catch (Sql.StorageException e) {
            if (!e.isFull()) {
                throw e;
            }
            // What is in flight may have been paid for. The log's own room is used again once it is folded in.
            rollBack();
            sql.execute("PRAGMA wal_checkpoint(RESTART)");
            while (!attempt(group)) {
                rollBack();
            }
        }
    }

    /** Whether all went well; if not, one more change is known to break off halfway and will be left out. */
    private boolean attempt(List<Change<?>> group) {
        sql.step("BEGIN IMMEDIATE");
        store.begin();
        for (Change<?> change : group) {
            long before = store.writes();
            if (!change.isBroken && !change.apply(rules) && store.writes() != before) {
                change.isBroken = true;
                return false;
            }
        }
        store.end();
        sql.step("COMMIT");
        return true;
    }

    private void rollBack() {
        store.forget();
        try {
            sql.execute("ROLLBACK");
        } catch (LedgerException e) {
            // SQLite rolls back by itself when the disk is full; then there is nothing left to roll back.
            System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "nothing to roll back", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static final class Change<T> {
        private final Function<Rules, T> change;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private @Nullable T value;
        private @Nullable Throwable failure;
        private boolean isBroken;

        private Change(Function<Rules, T> change) {
            this.change = change;
        }

        /** Whether the change was allowed. */
        private boolean apply(Rules rules) {
            value = null;
            failure = null;
            try {
                value = change.apply(rules);
                return true;
            } catch (Sql.StorageException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = e;
                return false;
            }
        }

        private void fail(Throwable why) {
            if (failure == null) {
                failure = why;
            }
        }

        private void tell() {
            if (failure != null) {
                result.completeExceptionally(failure);
            } else {
                result.complete(value);
            }
        }
    }
}
