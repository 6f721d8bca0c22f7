package dev.moviola.ledger;

/** Where a submission stands. */
public enum SubmissionState {
    /** Written down; the outside world may or may not have been called. */
    INTENDED,
    /** The backend took it and gave an external id. */
    ACCEPTED,
    /** Sent, but no answer came. May be running and billed; nothing may be submitted in its place without consent. */
    UNKNOWN,
    /** The backend did not take it. */
    REJECTED,
    /** Taken, and its artefacts are on disk. */
    SUCCEEDED,
    /** Taken, but ended without a usable artefact. */
    FAILED,
    /** Given up by us; what became of it outside is written in the failure. */
    CANCELLED;

    /** Whether the submission has not ended. {@link #UNKNOWN} counts as open. */
    public boolean isOpen() {
        return this == INTENDED || this == ACCEPTED || this == UNKNOWN;
    }
}
