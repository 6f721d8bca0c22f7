package dev.moviola.sweep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a trial ran.
 *
 * @param began when its first attempt began
 * @param ended when its last attempt ended, null while it runs
 * @param attempts how often it was tried, at least 1
 */
public record TrialTime(Instant began, @Nullable Instant ended, int attempts) {
    /** From the beginning of the first attempt to the end of the last; empty while it runs. */
    public Optional<Duration> took() {
        return Optional.ofNullable(ended).map(end -> Duration.between(began, end));
    }
}
