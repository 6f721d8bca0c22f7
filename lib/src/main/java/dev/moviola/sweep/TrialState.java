package dev.moviola.sweep;

/** Where a trial stands. */
public enum TrialState {
    /** Asked for, not told yet. */
    RUNNING,
    /** Told with a value. */
    COMPLETE,
    /** Told that there will be no value. */
    FAILED,
    /** Ended because what it reported on its way did not promise enough. */
    PRUNED
}
