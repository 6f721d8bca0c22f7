package dev.moviola.sweep.internal;

import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a study is kept. Methods return when what they keep would survive a power cut. */
public interface StudyStore {
    /**
     * One thing that happened, in the order in which it did.
     *
     * @param trial the trial: RUNNING when it was asked for, COMPLETE or FAILED when it was told
     */
    record Event(TrialRecord trial) {}

    /**
     * What a trial had reached on its way.
     *
     * @param number the trial
     * @param step how far it was
     * @param value what it had reached
     */
    record Report(long number, long step, double value) {}

    /** What the study was set up with the last time, if it has begun. */
    Optional<Parameters> setup();

    /** Everything that happened. */
    List<Event> events();

    /** What trials reported, oldest first; a later report of the same trial and step stands. */
    List<Report> reports();

    /** Keeps a report. It may be lost in a power cut, unlike all else: its trial would begin again anyway. */
    void report(Report report);

    /** Keeps what the study is set up with, above all its space. */
    void setUp(Parameters setup);

    /** Trial {@code number} begins, or begins again after an attempt that came to nothing. */
    void begin(long number, Parameters settings);

    /** An attempt at trial {@code number} came to nothing; it will begin again. */
    void retry(long number, String why);

    /** The trial has ended. */
    void end(TrialRecord trial);

    /** An attempt at trial {@code number} was given up, through no fault of its own; it will begin again. */
    void putBack(long number);

    /** The number of attempts at trial {@code number} that came to nothing so far. */
    int failures(long number);

    /** When trials ran, by number, as far as it is known. */
    default java.util.Map<Long, TrialTime> times() {
        return java.util.Map.of();
    }

    /** A store that is forgotten with the study. */
    static StudyStore inMemory() {
        return new StudyStore() {
            private @Nullable Parameters kept;
            private final java.util.Map<Long, Integer> failures = new java.util.HashMap<>();

            @Override
            public Optional<Parameters> setup() {
                return Optional.ofNullable(kept);
            }

            @Override
            public List<Event> events() {
                return List.of();
            }

            @Override
            public List<Report> reports() {
                return List.of();
            }

            @Override
            public void report(Report report) {}

            @Override
            public void setUp(Parameters setup) {
                kept = setup;
            }

            @Override
            public void begin(long number, Parameters settings) {}

            @Override
            public void retry(long number, String why) {
                failures.merge(number, 1, Integer::sum);
            }

            @Override
            public void putBack(long number) {}

            @Override
            public void end(TrialRecord trial) {
                failures.remove(trial.number());
            }

            @Override
            public int failures(long number) {
                return failures.getOrDefault(number, 0);
            }
        };
    }
}
