package dev.moviola.ledger;

/** Where a job stands. The order is the order of a job's life. */
public enum JobState {
    /** Not submitted yet, or submitted in vain and to be tried again. Its dependencies may still be open. */
    READY,
    /** A submission is intended or accepted and has not ended. */
    IN_FLIGHT,
    /** The last submission was sent, but no answer came: it may be running and billed. Waits for a decision. */
    UNKNOWN,
    /** Every artefact it gives is on disk, decodes and is recorded with its hash. */
    DONE,
    /** Ended without a result; will not be tried again unless asked. */
    FAILED,
    /** Given up without another submission: on request, past its deadline, or because a job that it needs failed. */
    CANCELLED;

    /** Whether nothing more will happen to the job by itself. */
    public boolean isEnd() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
