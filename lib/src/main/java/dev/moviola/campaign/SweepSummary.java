package dev.moviola.campaign;

import java.time.Duration;

/**
 * How a sweep ended.
 *
 * @param complete trials with values
 * @param failed trials without
 * @param open trials that were begun and have not ended; they are taken up on resume
 * @param reason why it ended before all trials were done; empty when they are
 * @param elapsed how long this process worked on it
 */
public record SweepSummary(long complete, long failed, long open, String reason, Duration elapsed) {
    /** Whether all trials have ended. */
    public boolean done() {
        return reason.isEmpty();
    }
}
