package dev.moviola.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of the outside world, written down before it is made; the unit that is paid for.
 *
 * @param id a UUID made before the call, also usable as the external name where a backend lets the client choose
 * @param jobs the jobs that it serves, one or, for a group, several
 * @param attempt how often the first of these jobs has been submitted, counting this one, from 1
 * @param backend name of the backend
 * @param device the device that it was assigned to, null where there is no pool
 * @param state where it stands
 * @param externalId the backend's id, null before it is accepted
 * @param price the listed price at the time, zero where it is free or not known
 * @param charged what the backend says it cost, null when it does not say
 * @param failure why it failed, null when it did not
 * @param intended when it was written down
 * @param accepted when the backend took it, null before
 * @param ended when it ended, null before
 */
public record Submission(
        String id,
        List<JobKey> jobs,
        int attempt,
        String backend,
        @Nullable String device,
        SubmissionState state,
        @Nullable String externalId,
        Money price,
        @Nullable Money charged,
        @Nullable Failure failure,
        Instant intended,
        @Nullable Instant accepted,
        @Nullable Instant ended) {
    /** Copies the jobs. */
    public Submission {
        jobs = List.copyOf(jobs);
    }
}
