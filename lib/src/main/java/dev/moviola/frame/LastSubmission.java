package dev.moviola.frame;

import dev.moviola.ledger.Submission;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a row says of a job's last submission.
 *
 * @param backend name of the backend
 * @param device the device that served it, null where there is no pool
 * @param externalId the backend's id, null before it is accepted
 * @param intended when it was written down
 * @param ended when it ended, null before
 */
public record LastSubmission(
        String backend,
        @Nullable String device,
        @Nullable String externalId,
        Instant intended,
        @Nullable Instant ended) {
    static LastSubmission of(Submission submission) {
        return new LastSubmission(
                submission.backend(),
                submission.device(),
                submission.externalId(),
                submission.intended(),
                submission.ended());
    }

    /** Seconds from intent to end; NaN while it is open. */
    public double seconds() {
        Instant end = ended;
        return end == null ? Double.NaN : Duration.between(intended, end).toNanos() / 1e9;
    }
}
