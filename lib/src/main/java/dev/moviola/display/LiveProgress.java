package dev.moviola.display;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how long work stands while it lasts, at most four times a second whatever the work reports, and what came of it.
 *
 * <pre>{@code
 * try (LiveProgress live = new LiveProgress(ProgressSink.display(), "it failed")) {
 *     work.run(state -> live.update(state));
 *     live.end("all is done");
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads; none of them waits for what is shown, except in {@link #end} and {@link #close}.
 */
public final class LiveProgress implements AutoCloseable {
    private static final int MILLIS = 250;

    private final ProgressSink sink;
    private final String unended;
    private final ScheduledExecutorService ticks;
    private volatile @Nullable Progress latest;
    private @Nullable Progress shown;
    private boolean ended;

    /**
     * A display that has nothing to show yet.
     *
     * @param unended what is said when it is closed before its {@link #end}
     */
    public LiveProgress(ProgressSink sink, String unended) {
        this.sink = sink;
        this.unended = unended;
        ticks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "moviola-live");
            thread.setDaemon(true);
            return thread;
        });
        ticks.scheduleWithFixedDelay(this::tick, 0, MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How it stands now. */
    public void update(Progress progress) {
        latest = progress;
    }

    /** What came of it; nothing is shown after that. */
    public void end(String sentence) {
        ticks.shutdown();
        finish(sentence);
    }

    /** Says that it was not brought to its end, unless it was. */
    @Override
    public void close() {
        end(unended);
    }

    private synchronized void tick() {
        Progress now = latest;
        if (now != null && !ended && !now.equals(shown)) {
            shown = now;
            sink.show(now);
        }
    }

    private synchronized void finish(String sentence) {
        if (ended) {
            return;
        }
        ended = true;
        Progress last = latest;
        sink.end(last == null ? new Progress("", 0, 0, 0, java.util.List.of(), "") : last, sentence);
    }
}
