package dev.moviola.campaign;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import java.time.Duration;
import java.util.Locale;

/**
 * How a sweep ended.
 *
 * @param complete trials with values
 * @param failed trials without
 * @param open trials that were begun and have not ended; they are taken up on resume
 * @param reason why it ended before all trials were done; empty when they are
 * @param elapsed how long this process worked on it
 */
public record SweepSummary(long complete, long failed, long open, String reason, Duration elapsed)
        implements Displayable {
    /** Whether all trials have ended. */
    public boolean done() {
        return reason.isEmpty();
    }

    /** A line with the speed; {@link #sentence()} says the rest. */
    @Override
    public MimeBundle display() {
        return MimeBundle.text(String.format(
                Locale.ROOT,
                "%d trials ended, %.1f a second",
                complete + failed,
                (complete + failed) / Math.max(1e-3, elapsed.toMillis() / 1e3)));
    }

    /** What came of it, in a sentence. */
    public String sentence() {
        return complete + (complete == 1 ? " trial" : " trials") + " with a value"
                + (failed > 0 ? ", " + failed + " failed" : "")
                + (open > 0 ? ", " + open + " open" : "")
                + String.format(Locale.ROOT, " after %.1f s", elapsed.toMillis() / 1e3)
                + (done() ? "" : "; it ended early: " + reason);
    }
}
