package dev.moviola.dispatch;

/** Why a dispatch ended. */
public enum EndReason {
    /** No job is left that could be submitted. */
    COMPLETE,
    /** {@link DispatchOptions#only} jobs were submitted. */
    ENOUGH,
    /** Asked to stop submitting; what was in flight was waited for. */
    DRAINED,
    /** Asked to stop at once; accepted submissions are open in the ledger. */
    STOPPED,
    /** The next submission would have passed the spend cap. */
    SPEND_CAP,
    /** The backend refused the key. */
    AUTH,
    /** Credit or quota is used up. */
    QUOTA,
    /** Something on this machine prevents going on, such as a full disk. */
    LOCAL
}
