package dev.moviola.campaign;

import java.time.Duration;

/**
 * How a scoring stands.
 *
 * @param scored clips scored
 * @param failed clips that could not be scored
 * @param total clips to score
 * @param frames frames scored
 * @param elapsed since the scoring began
 */
public record ScoringProgress(long scored, long failed, long total, long frames, Duration elapsed) {
    /** Frames a second since the scoring began. */
    public double framesPerSecond() {
        return frames / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }
}
