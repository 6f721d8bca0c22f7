package dev.moviola.dispatch.internal;

import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the waiting room filled: with jobs that stand ready in the ledger, page by page, then with those of the source,
 * which need not be read back. Lives on the loop.
 */
final class Supply implements AutoCloseable {
    private static final long RESCAN_NANOS = 50_000_000L;

    private final Scene scene;
    private final WaitingRoom waiting;
    private final int window;
    private final int mostRetrying;
    private final Runnable onMore;
    private final Feed feed;
    private long cursor;
    private boolean scanned;
    private boolean dependents;
    private boolean doneSinceScan;
    private long lastRescan;

    /** For at most {@code window} jobs at hand, and nothing new while {@code mostRetrying} wait for another try. */
    Supply(
            Scene scene,
            Iterator<Job> source,
            WaitingRoom waiting,
            int window,
            int mostRetrying,
            Runnable onMore,
            Consumer<Throwable> onFault) {
        this.scene = scene;
        this.waiting = waiting;
        this.window = window;
        this.mostRetrying = mostRetrying;
        this.onMore = onMore;
        feed = new Feed(source, scene.ledger(), scene.loop(), this::added, onFault);
    }

    void start() {
        feed.start();
    }

    /** Jobs that depend on others may have become ready. */
    void jobDone() {
        doneSinceScan = true;
    }

    /** Whether there may be jobs that depend on others. */
    boolean hasDependents() {
        return dependents;
    }

    /** Whether nothing will come but what waits, and what may yet become ready. */
    boolean isExhausted() {
        return scanned && feed.isExhausted();
    }

    /** Whether jobs that go together would be at hand together by now. */
    boolean isGroupAtHand(int most) {
        String group = waiting.peekReady().group();
        return group == null
                || most == 1
                || waiting.ready() >= window
                || isExhausted()
                || waiting.members(group) >= most;
    }

    /**
     * Brings in jobs, as long as there is room.
     *
     * @param wanted how many more may be submitted in all
     * @param launching how many of the ledger's ready jobs are about to be submitted
     * @param idle whether nothing is under way
     * @return after how many nanoseconds it is worth trying again; {@link Long#MAX_VALUE} when nothing must be waited for
     */
    long refill(long wanted, int launching, boolean idle) {
        long again = Long.MAX_VALUE;
        if (scanned && doneSinceScan && dependents && waiting.ready() < window) {
            long wait = lastRescan + RESCAN_NANOS - scene.loop().now();
            if (wait <= 0 || idle) {
                lastRescan = scene.loop().now();
                doneSinceScan = false;
                scanned = false;
                cursor = 0;
            } else {
                again = wait;
            }
        }
        while (!scanned && waiting.ready() < window) {
            List<JobRecord> page = scene.ledger().ready(cursor, window);
            for (JobRecord found : page) {
                cursor = Math.max(cursor, found.sequence());
                waiting.offer(found.job());
            }
            if (page.size() < window) {
                reachedEnd(launching);
            }
        }
        if (scanned && waiting.ready() < window && waiting.retrying() < mostRetrying) {
            feed.demand((int) Math.min(window - waiting.ready(), wanted));
        }
        return again;
    }

    private void reachedEnd(int launching) {
        scanned = true;
        if (!dependents) {
            dependents = scene.books().count(JobState.READY) > waiting.ready() + waiting.retrying() + launching;
        }
    }

    private void added(List<Job> given, int fresh) {
        scene.books().added(fresh);
        boolean dependent = given.stream().anyMatch(job -> !job.dependsOn().isEmpty());
        dependents |= dependent;
        if (scanned && fresh == given.size() && !dependent) {
            given.forEach(waiting::offer);
        } else if (fresh > 0) {
            scanned = false;
        }
        onMore.run();
    }

    @Override
    public void close() {
        feed.close();
    }
}
