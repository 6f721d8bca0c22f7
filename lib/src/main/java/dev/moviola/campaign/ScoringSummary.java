package dev.moviola.campaign;

import java.time.Duration;
import java.util.List;

/**
 * What came of a scoring.
 *
 * @param scored clips scored
 * @param failures what was wrong with each clip that could not be scored
 * @param left clips that were not reached because the scoring was stopped
 * @param frames frames scored
 * @param elapsed how long it took
 */
public record ScoringSummary(long scored, List<String> failures, long left, long frames, Duration elapsed) {
    /** Copies the failures. */
    public ScoringSummary {
        failures = List.copyOf(failures);
    }
}
