package dev.moviola.campaign;

import dev.moviola.display.Progress;
import dev.moviola.display.Progress.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
    /** How it stands, for a display. */
    public Progress toProgress() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.plain("rate", Math.round(framesPerSecond()) + " frames/s"));
        long ended = scored + failed;
        if (ended > 0 && ended < total) {
            facts.add(Fact.of(
                    "left", Progress.human(elapsed.multipliedBy(total - ended).dividedBy(ended))));
        }
        return new Progress("scoring", scored, failed, total, facts, "");
    }

    /** Frames a second since the scoring began. */
    public double framesPerSecond() {
        return frames / Math.max(1e-9, elapsed.toNanos() / 1e9);
    }
}
