package dev.moviola.ledger.internal;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Score;
import dev.moviola.ledger.Submission;
import org.jspecify.annotations.Nullable;

/** What the {@link Rules} need of a place that keeps rows. Used by one thread at a time. */
interface Store {
    /** The row of a job, or null. */
    @Nullable
    JobRow job(JobKey key);

    /** Whether every job that {@code key} depends on is DONE. */
    boolean dependenciesDone(JobKey key);

    /** Adds a job as READY, after all others. */
    void insert(Job job);

    /** Changes a job; {@code lastFailure} null leaves the last failure as it is. */
    void update(JobKey key, JobState state, int attempts, @Nullable Failure lastFailure);

    /** The submission with that id, or null. */
    @Nullable
    Submission submission(String id);

    /** The newest submission that was intended for a job, which alone decides where the job stands. */
    @Nullable
    String latestSubmission(JobKey key);

    /** Adds a submission. */
    void insert(Submission submission);

    /** Changes a submission. */
    void update(Submission submission);

    /** Adds an artefact that a submission gave, unless the job has the same file in the same role. */
    void insert(Artefact artefact, String submission);

    /** Adds or replaces a score. */
    void put(Score score);

    /** Adds a note. */
    void insert(Note note);

    /** The part of a job that the rules look at. */
    record JobRow(JobState state, int attempts, @Nullable String group) {}
}
