package dev.moviola.sweep;

/** Where a trial stands. */
public enum TrialState {
    /** Asked for, not told yet. */
    RUNNING,
    /** Told with a value. */
    COMPLETE,
    /** Told that there will be no value. */
    FAILED
}
