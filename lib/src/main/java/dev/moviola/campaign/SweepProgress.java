package dev.moviola.campaign;

import dev.moviola.sweep.TrialRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a sweep stands.
 *
 * @param ended trials that have ended
 * @param failed those of them without a value
 * @param total trials there are to be
 * @param best the best so far, null before one is complete
 * @param elapsed since this process began to work on it
 */
public record SweepProgress(
        long ended, long failed, long total, @Nullable TrialRecord best, Duration elapsed) {}
