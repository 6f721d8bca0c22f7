package dev.moviola.backend;

import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A maker of clips in the outside world.
 *
 * <p>A backend keeps no state that matters: everything needed to go on after a crash is in the {@link Submission}. No
 * method blocks the caller; futures complete on threads of the backend. What the outside world answers, errors
 * included, comes back as a value; a future that fails means a defect in the backend itself, and is treated as {@link
 * SubmitResult.Unknown} after a submit. Nothing here tries again by itself: that is the dispatcher's business. Safe for
 * use by many threads.
 */
public interface VideoBackend extends AutoCloseable {
    /** A short name for tables and the ledger, such as {@code xai}. */
    String name();

    /** What the backend can do and how it wants to be treated. */
    Capabilities capabilities();

    /** Says why a job cannot be right for this backend, without calling it; empty when nothing speaks against it. */
    Optional<Failure> check(Job job);

    /** The listed price of a submission that serves {@code jobs}; zero when it is free or not known. */
    Money price(List<Job> jobs);

    /**
     * Calls the outside world for {@code jobs}. The intent is on disk when this is called.
     *
     * @param submission the intent; its id may be used as an external name
     * @param jobs the jobs of the submission, in its order
     * @param inputs artefacts of the jobs that these depend on, as readable files
     */
    CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs);

    /** Asks how an accepted submission stands. */
    CompletableFuture<PollResult> poll(Submission submission);

    /**
     * Brings the results of a submission that succeeded into {@code directory}, an empty folder that the caller owns.
     * Files are complete and of checked length when the future completes; whether they decode is checked by the caller.
     */
    CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory);

    /** Asks the outside world to stop. True when it said that it will; false when it cannot or is too late. */
    default CompletableFuture<Boolean> cancel(Submission submission) {
        return CompletableFuture.completedFuture(false);
    }

    /**
     * Finds out what became of a submission that was intended, but whose answer is not known: {@link
     * SubmitResult.Accepted} when the outside world holds it, {@link SubmitResult.Rejected} when it certainly does not,
     * {@link SubmitResult.Unknown} when that cannot be told, as with every service that has no idempotency key.
     */
    default CompletableFuture<SubmitResult> recover(Submission submission) {
        return CompletableFuture.completedFuture(
                new SubmitResult.Unknown(name() + " cannot be asked whether it took submission " + submission.id()));
    }

    /** Lets go of connections and threads. Never throws for a second call. */
    @Override
    void close();
}
