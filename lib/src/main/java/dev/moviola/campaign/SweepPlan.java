package dev.moviola.campaign;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.Progress;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep would do.
 *
 * @param sampler name of the sampler
 * @param why why that one
 * @param trials how many trials there will be
 * @param settings those of every trial, in order; only the enqueued ones where the sampler learns from values
 * @param each the listed price of one clip, on average where it depends on the settings
 * @param total the listed price of all
 * @param time how long it will take, null when that is not known beforehand
 * @param budget what it may cost and take, and how many trials that allows
 */
public record SweepPlan(
        String sampler,
        String why,
        long trials,
        List<Parameters> settings,
        Money each,
        Money total,
        @Nullable Duration time,
        SweepBudget budget)
        implements Displayable {
    /** Copies the list. */
    public SweepPlan {
        settings = List.copyOf(settings);
    }

    /** Whether {@link #settings} are those of all trials. */
    public boolean complete() {
        return settings.size() == trials;
    }

    /** {@link #sentence()}. */
    @Override
    public MimeBundle display() {
        return MimeBundle.text(sentence());
    }

    /** Number, cost and time of the trials, and the sampler. */
    public String sentence() {
        return trials + " trials for " + total + ", "
                + (time == null ? "for a time that is not known beforehand" : "in about " + Progress.human(time))
                + "; sampler " + why;
    }
}
