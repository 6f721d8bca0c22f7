package dev.moviola.ledger;

import dev.moviola.ledger.internal.MemoryLedger;
import dev.moviola.ledger.internal.SqliteLedger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The record of a run, and the only place where its truth is kept.
 *
 * <p>Each method that writes returns a future that completes when the change would survive a power cut; nobody may act
 * on a change before. The order that keeps money safe is: {@link #intend} completes, then the backend is called; {@link
 * #accept} completes, then it is polled; the artefact is on disk under its hash, then {@link #succeed}.
 *
 * <p>Transitions that make no sense (accepting what has ended) fail with a {@link LedgerException} that names the
 * submission and both states, and change nothing. Futures of writes complete in the order in which the writes were
 * asked for. Safe for use by many threads; callbacks run on a thread of the ledger and must not block.
 */
public interface Ledger extends AutoCloseable {
    /** A ledger that is forgotten with the process. */
    static Ledger inMemory() {
        return new MemoryLedger();
    }

    /**
     * The ledger in {@code file}, which is made when it is not there.
     *
     * @throws LedgerException when it cannot be opened, or was written by a newer Moviola
     */
    static Ledger open(Path file) {
        return SqliteLedger.open(file);
    }

    /**
     * The ledger in {@code file} for reading alone, also while another process writes it.
     *
     * @throws LedgerException when it cannot be opened, or was written by a newer Moviola
     */
    static Ledger look(Path file) {
        return SqliteLedger.look(file);
    }

    /** Adds the jobs that the ledger does not hold yet, in order, as READY. Gives the number added. */
    CompletableFuture<Integer> add(Collection<Job> jobs);

    /**
     * Writes down that one call is about to be made for {@code jobs}, all of which must be READY with their
     * dependencies DONE. They become IN_FLIGHT.
     *
     * @param price the listed price of the call
     * @param device the device that will serve it, or null
     */
    CompletableFuture<Submission> intend(List<JobKey> jobs, String backend, @Nullable String device, Money price);

    /**
     * Adds {@code job}, which must depend on no other, unless the ledger holds it, and intends it as {@link #intend}
     * does, in one change. May write on the calling thread.
     */
    CompletableFuture<Submission> begin(Job job, String backend, Money price);

    /** The backend took the submission. */
    CompletableFuture<Void> accept(String submission, String externalId);

    /** The submission was sent and no answer came. Its jobs become UNKNOWN. */
    CompletableFuture<Void> lose(String submission, Failure why);

    /**
     * The artefacts are on disk. Each job of the submission must have at least one; they become DONE.
     *
     * @param charged what the backend says it cost, null when it does not say
     */
    CompletableFuture<Void> succeed(String submission, List<Artefact> artefacts, @Nullable Money charged);

    /**
     * The submission gave a value instead of files, as a trial does: in one change, the value is kept as a note of each
     * of its jobs, and they become DONE. What was done in this process need not have been accepted. May write on the
     * calling thread.
     *
     * @param kind the kind of the notes
     */
    CompletableFuture<Void> conclude(String submission, String kind, Parameters value);

    /**
     * The submission ended without a result: REJECTED when it was never accepted, else FAILED.
     *
     * @param again whether its jobs may be submitted again (READY) or not (FAILED)
     */
    CompletableFuture<Void> fail(String submission, Failure why, @Nullable Money charged, boolean again);

    /** Gives up a submission on our side. Its jobs become READY when {@code again}, else CANCELLED. */
    CompletableFuture<Void> cancel(String submission, Failure why, boolean again);

    /**
     * Opens ended or undecided jobs again: FAILED, CANCELLED and UNKNOWN become READY. The submissions behind them stay
     * as they are. Gives the number of jobs that changed.
     */
    CompletableFuture<Integer> reopen(Collection<JobKey> jobs);

    /** Ends READY jobs without a submission: CANCELLED with {@code why}. Gives the number of jobs that changed. */
    CompletableFuture<Integer> abandon(Collection<JobKey> jobs, Failure why);

    /** Keeps scores; a later value for the same job, artefact, metric and scorer replaces the earlier one. */
    CompletableFuture<Void> score(Collection<Score> scores);

    /** Keeps a note. */
    CompletableFuture<Void> note(@Nullable JobKey job, String kind, Parameters content);

    /** The job with that key, if the ledger holds it. */
    Optional<JobRecord> job(JobKey key);

    /**
     * Up to {@code limit} jobs that stand in one of {@code states} (all when empty), with {@code sequence > after}, in
     * order of sequence.
     */
    List<JobRecord> jobs(Collection<JobState> states, long after, int limit);

    /**
     * Up to {@code limit} READY jobs whose dependencies are all DONE and that have {@code sequence > after}, in order of
     * sequence.
     */
    List<JobRecord> ready(long after, int limit);

    /** The submission with that id, if the ledger holds it. */
    Optional<Submission> submission(String id);

    /** The submissions of a job, oldest first. */
    List<Submission> submissions(JobKey job);

    /** Submissions that have not ended, oldest first. */
    List<Submission> open();

    /** Hands every submission, oldest first, to {@code each} without holding them all in memory. */
    void eachSubmission(Consumer<Submission> each);

    /** Hands every job, in order of sequence, to {@code each} without holding them all in memory. */
    void eachJob(Consumer<JobRecord> each);

    /** Every score, in order of the jobs' sequence, then metric. */
    List<Score> scores();

    /** Notes of a kind, oldest first. */
    List<Note> notes(String kind);

    /** The run in numbers, as of the last completed write. */
    Tally tally();

    /** Finishes the writes that were asked for, then lets go of the file. Never throws for a second call. */
    @Override
    void close();
}
