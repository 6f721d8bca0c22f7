package dev.moviola.backend;

import dev.moviola.ledger.Failure;

/** What became of a call to submit. */
public sealed interface SubmitResult {
    /** The outside world took it under {@code externalId}, and will charge for it. */
    record Accepted(String externalId) implements SubmitResult {}

    /** The outside world certainly did not take it. */
    record Rejected(Failure failure) implements SubmitResult {}

    /** It was sent, and nobody knows whether it was taken. */
    record Unknown(String reason) implements SubmitResult {}
}
