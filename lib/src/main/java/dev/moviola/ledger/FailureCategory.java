package dev.moviola.ledger;

/** Why a submission failed, in the few kinds that call for different action. */
public enum FailureCategory {
    /** The content was refused. Never tried again. */
    MODERATION,
    /** The request breaks a rule of the backend. Never tried again. */
    VALIDATION,
    /** The key is missing, wrong, revoked or lacks a right. Stops the dispatch. */
    AUTH,
    /** Credit or quota is used up. Stops the dispatch. */
    QUOTA,
    /** Too many requests. Tried again, slower. */
    RATE,
    /** A passing fault: connection, overload, 5xx, device out of memory. Tried again. */
    TRANSIENT,
    /** A fault inside the backend that may be lasting. Tried again a few times. */
    INTERNAL,
    /** The deadline passed. */
    DEADLINE,
    /** Something came back that is not what was asked for: truncated, not a video, too large. */
    ARTEFACT,
    /** Given up by the user. */
    CANCELLED,
    /** Sent, no answer. */
    UNKNOWN
}
