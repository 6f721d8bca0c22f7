package dev.moviola.campaign;

import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How long a sweep has been worked on, over all the processes that did, without the pauses between them. Kept in the run
 * while it goes, so that a process that is killed takes no more than a few seconds with it. Safe for use by several
 * threads.
 */
final class SweepClock implements AutoCloseable {
    private static final String NOTE = "sweep-time";
    private static final long EVERY_SECONDS = 10;

    private final Ledger ledger;
    private final long stretch;
    private final Duration before;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "moviola-sweep-clock");
        thread.setDaemon(true);
        return thread;
    });

    private SweepClock(Ledger ledger, TreeMap<Long, Double> stretches) {
        this.ledger = ledger;
        this.stretch = stretches.isEmpty() ? 0 : stretches.lastKey() + 1;
        this.before = sum(stretches);
        timer.scheduleAtFixedRate(this::keep, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Goes on to count. */
    static SweepClock start(Ledger ledger) {
        return new SweepClock(ledger, stretches(ledger));
    }

    /** What was counted in the run so far. */
    static Duration elapsed(Ledger ledger) {
        return sum(stretches(ledger));
    }

    /** In all. */
    Duration elapsed() {
        return before.plus(own());
    }

    /** Since this process began to count. */
    Duration own() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private void keep() {
        ledger.note(null, NOTE, Parameters.of("stretch", stretch, "seconds", own().toMillis() / 1e3));
    }

    private static TreeMap<Long, Double> stretches(Ledger ledger) {
        TreeMap<Long, Double> stretches = new TreeMap<>();
        for (Note note : ledger.notes(NOTE)) {
            stretches.put(note.content().integer("stretch"), note.content().number("seconds"));
        }
        return stretches;
    }

    private static Duration sum(Map<Long, Double> stretches) {
        double seconds =
                stretches.values().stream().mapToDouble(Double::doubleValue).sum();
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }

    /** Keeps the last count. */
    @Override
    public void close() {
        timer.shutdownNow();
        keep();
    }
}
