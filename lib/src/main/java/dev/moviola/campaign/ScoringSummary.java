package dev.moviola.campaign;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What came of a scoring.
 *
 * @param scored clips scored
 * @param failures what was wrong with each clip that could not be scored
 * @param left clips that were not reached because the scoring was stopped
 * @param frames frames scored
 * @param elapsed how long it took
 * @param stopped whether it was asked to end before all was scored, which it may have been all the same
 */
public record ScoringSummary(
        long scored, List<String> failures, long left, long frames, Duration elapsed, boolean stopped)
        implements Displayable {
    /** Copies the failures. */
    public ScoringSummary {
        failures = List.copyOf(failures);
    }

    /** A line with the speed and what could not be scored; {@link #sentence()} says the rest. */
    @Override
    public MimeBundle display() {
        double seconds = Math.max(1e-3, elapsed.toMillis() / 1e3);
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%d clips, %.0f frames/s", scored, frames / seconds));
        failures.forEach(failure -> text.append('\n').append(failure));
        return MimeBundle.text(text.toString());
    }

    /** What came of it, in a sentence. */
    public String sentence() {
        return "scored " + scored + " clips, " + frames + " frames in "
                + String.format(Locale.ROOT, "%.1f s", elapsed.toMillis() / 1e3)
                + (failures.isEmpty() ? "" : "; " + failures.size() + " could not be scored")
                + (left > 0 ? "; " + left + " left" : "");
    }
}
