package dev.moviola.backend;

import dev.moviola.ledger.Failure;

/** What became of a call to submit. */
public sealed interface SubmitResult {
    /** The outside world took it under {@code externalId}, and will charge for it. */
    record Accepted(String externalId) implements SubmitResult {}

    /**
     * The outside world took it under {@code externalId}, and was done with it when it answered: there is nothing to poll
     * for, and room for another submission. A later process that takes the submission up polls all the same.
     */
    record Finished(String externalId, PollResult.Succeeded result) implements SubmitResult {}

    /** The outside world certainly did not take it. */
    record Rejected(Failure failure) implements SubmitResult {}

    /** It was sent, and nobody knows whether it was taken. */
    record Unknown(String reason) implements SubmitResult {}
}
