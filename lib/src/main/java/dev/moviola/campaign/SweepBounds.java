package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How much a sweep may do in all, as its spec says or as it was set anew later, which is kept in the run. */
final class SweepBounds {
    private static final String TRIALS = "sweep-trials";
    private static final String MONEY = "sweep-money";
    private static final String TIME = "sweep-time-limit";

    private final Run run;
    private final int known;
    private volatile long trials;
    private volatile Limits limits;
    private volatile @Nullable Duration time;

    /** The bounds of the sweep in {@code run}, which may be open for reading alone. */
    SweepBounds(Run run, SweepSpec spec) {
        this.run = run;
        this.known = spec.known().size();
        this.trials = kept(TRIALS).map(note -> note.integer("trials")).orElse(spec.trials());
        this.limits = kept(MONEY)
                .map(note -> spec.limits().withSpendCap(note.number("dollars")))
                .orElse(spec.limits());
        this.time = kept(TIME)
                .map(note -> Duration.ofMillis(Math.round(note.number("seconds") * 1e3)))
                .orElse(spec.time());
    }

    /** How many trials there are to be, those known beforehand included. */
    long trials() {
        return known + trials;
    }

    /** What each submission, and all of them together, must keep. */
    Limits limits() {
        return limits;
    }

    /** How long all processes together may take; null for as long as it takes. */
    @Nullable
    Duration time() {
        return time;
    }

    /** Sets anew how many trials there are to be, those known beforehand not counted. */
    void trials(long count) {
        if (count < 1) {
            throw new MoviolaException("a sweep must have 1 or more trials, but was to have " + count);
        }
        if (count != trials) {
            keep(TRIALS, Parameters.of("trials", count));
            trials = count;
        }
    }

    /** Sets anew what the sweep may cost in all. */
    void money(Money limit) {
        if (!limit.equals(limits.spendCap())) {
            keep(MONEY, Parameters.of("dollars", limit.inDollars()));
            limits = limits.withSpendCap(limit.inDollars());
        }
    }

    /** Sets anew how long the sweep may take in all. */
    void time(Duration limit) {
        if (!limit.equals(time)) {
            keep(TIME, Parameters.of("seconds", limit.toMillis() / 1e3));
            time = limit;
        }
    }

    private Optional<Parameters> kept(String kind) {
        List<Note> notes = run.ledger().notes(kind);
        return notes.isEmpty()
                ? Optional.empty()
                : Optional.of(notes.get(notes.size() - 1).content());
    }

    private void keep(String kind, Parameters content) {
        run.ledger().note(null, kind, content).join();
    }
}
