package dev.moviola.campaign;

import dev.moviola.display.Progress;
import dev.moviola.display.Progress.Fact;
import dev.moviola.sweep.TrialRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        long ended, long failed, long total, @Nullable TrialRecord best, Duration elapsed) {
    /**
     * How it stands, for a display.
     *
     * @param metric name of the first goal
     */
    public Progress toProgress(String metric) {
        List<Fact> facts = new ArrayList<>();
        Double value = best == null ? null : best.value();
        if (value != null) {
            facts.add(Fact.of("best " + metric, String.format(Locale.ROOT, "%.4g", value)));
        }
        if (ended > 0 && ended < total) {
            facts.add(Fact.of(
                    "left", Progress.human(elapsed.multipliedBy(total - ended).dividedBy(ended))));
        }
        return new Progress("sweep", ended - failed, failed, total, facts, "");
    }
}
