package dev.moviola.ledger.internal;

import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.sql.PreparedStatement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction adds to the run's tally, written once at its end, so that tally and rows are never apart. */
final class Counters {
    static final String JOB = "job ";
    static final String SUBMISSION = "submission ";
    static final String PAID = "paid";
    static final String SPENT = "spent";

    private final Map<String, Long> added = new HashMap<>();

    void jobAdded() {
        add(JOB + JobState.READY, 1);
    }

    void jobMoved(JobState from, JobState to) {
        if (from != to) {
            add(JOB + from, -1);
            add(JOB + to, 1);
        }
    }

    /** A submission is now {@code now}; {@code before} is null when it is new. */
    void submissionMoved(@Nullable Submission before, Submission now) {
        SubmissionState from = before == null ? null : before.state();
        if (from != now.state()) {
            if (from != null) {
                add(SUBMISSION + from, -1);
            }
            add(SUBMISSION + now.state(), 1);
        }
        boolean wasPaid = before != null && before.accepted() != null;
        add(PAID, (now.accepted() == null ? 0 : 1) - (wasPaid ? 1 : 0));
        long wasSpent = before == null ? 0 : Rules.spent(before).ticks();
        add(SPENT, Rules.spent(now).ticks() - wasSpent);
    }

    void write(Sql sql) {
        added.values().removeIf(amount -> amount == 0);
        sql.run(() -> {
            for (Map.Entry<String, Long> entry : added.entrySet()) {
                PreparedStatement add = sql.prepare("INSERT INTO counter (name, value) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value");
                add.setString(1, entry.getKey());
                add.setLong(2, entry.getValue());
                add.executeUpdate();
            }
        });
        added.clear();
    }

    void clear() {
        added.clear();
    }

    private void add(String name, long amount) {
        if (amount != 0) {
            added.merge(name, amount, Math::addExact);
        }
    }
}
