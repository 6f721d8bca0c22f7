package dev.moviola.dispatch.internal;

import dev.moviola.backend.InputFile;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** A submission on its way. Lives on the loop. */
final class Flight {
    /** Where a flight is. */
    enum Phase {
        INTENDING,
        SUBMITTING,
        POLLING,
        ARRIVING,
        ENDED
    }

    final List<Job> jobs;
    final List<InputFile> inputs;
    final Money price;
    final @Nullable String device;
    final boolean resumed;
    Phase phase = Phase.INTENDING;
    /** When its jobs were submitted first, or taken up; 0 before. */
    long since;

    long submittedAt;
    int unanswered;
    int fetches;
    boolean atBackend = true;
    JobState stand = JobState.READY;
    private @Nullable Submission submission;
    private @Nullable Failure last;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ScheduledFuture<?> limit;

    Flight(List<Job> jobs, List<InputFile> inputs, Money price, @Nullable String device, boolean resumed) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.price = price;
        this.device = device;
        this.resumed = resumed;
    }

    Submission submission() {
        return Objects.requireNonNull(submission, "the flight has no submission yet");
    }

    String id() {
        return submission().id();
    }

    void submission(Submission written) {
        submission = written;
    }

    /** Why it ended without a result. */
    Failure last() {
        return Objects.requireNonNull(last, "the flight has not failed");
    }

    void last(Failure why) {
        last = why;
    }

    /** Takes note of when its jobs were submitted, unless they had been before. */
    void begun(long now) {
        since = since == 0 ? now : since;
    }

    void accepted(String externalId) {
        Submission was = submission();
        submission = new Submission(
                was.id(),
                was.jobs(),
                was.attempt(),
                was.backend(),
                was.device(),
                SubmissionState.ACCEPTED,
                externalId,
                was.price(),
                was.charged(),
                was.failure(),
                was.intended(),
                Instant.now(),
                was.ended());
    }

    /** Sets the timer of the next step, in the place of the one before. */
    void timer(@Nullable ScheduledFuture<?> next) {
        if (timer != null) {
            timer.cancel(false);
        }
        timer = next;
    }

    /** Sets the timer that ends the present phase, in the place of the one before. */
    void limit(@Nullable ScheduledFuture<?> next) {
        if (limit != null) {
            limit.cancel(false);
        }
        limit = next;
    }

    void end() {
        phase = Phase.ENDED;
        timer(null);
        limit(null);
    }
}
