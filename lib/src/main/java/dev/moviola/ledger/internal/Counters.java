package dev.moviola.ledger.internal;

import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a transaction adds to the run's tally, written once at its end, so that tally and rows are never apart. */
final class Counters {
    static final String JOB = "job ";
    static final String SUBMISSION = "submission ";
    static final String PAID = "paid";
    static final String SPENT = "spent";

    private final long[] jobs = new long[JobState.values().length];
    private final long[] submissions = new long[SubmissionState.values().length];
    private long paid;
    private long spent;

    void jobAdded() {
        jobs[JobState.READY.ordinal()]++;
    }

    void jobMoved(JobState from, JobState to) {
        jobs[from.ordinal()]--;
        jobs[to.ordinal()]++;
    }

    /** A submission is now {@code now}; {@code before} is null when it is new. */
    void submissionMoved(@Nullable Submission before, Submission now) {
        if (before != null) {
            submissions[before.state().ordinal()]--;
            paid -= before.accepted() == null ? 0 : 1;
            spent = Math.subtractExact(spent, Rules.spent(before).ticks());
        }
        submissions[now.state().ordinal()]++;
        paid += now.accepted() == null ? 0 : 1;
        spent = Math.addExact(spent, Rules.spent(now).ticks());
    }

    void write(Sql sql) {
        sql.run(() -> {
            for (JobState state : JobState.values()) {
                add(sql, JOB + state, jobs[state.ordinal()]);
            }
            for (SubmissionState state : SubmissionState.values()) {
                add(sql, SUBMISSION + state, submissions[state.ordinal()]);
            }
            add(sql, PAID, paid);
            add(sql, SPENT, spent);
        });
        clear();
    }

    void clear() {
        Arrays.fill(jobs, 0);
        Arrays.fill(submissions, 0);
        paid = 0;
        spent = 0;
    }

    private static void add(Sql sql, String name, long amount) throws SQLException {
        if (amount == 0) {
            return;
        }
        PreparedStatement add = sql.prepare("INSERT INTO counter (name, value) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value");
        add.setString(1, name);
        add.setLong(2, amount);
        add.executeUpdate();
    }
}
