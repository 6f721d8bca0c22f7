package dev.moviola.sweep;

import dev.moviola.ledger.Parameters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sampler at work on one study. What {@link #ask} gives depends on the space, the seed, the number, and the order of
 * the earlier calls of {@link #asked} and {@link #tell} alone, on every JDK: so a study that is resumed goes on as if it
 * had not stopped. Used by one thread at a time.
 */
public interface SamplerSession {
    /** Proposes settings for trial {@code number}; empty when there is nothing left to try. Changes nothing. */
    Optional<Parameters> ask(long number);

    /** Trial {@code number} has begun with {@code settings}, which may also be a user's own. */
    default void asked(long number, Parameters settings) {}

    /**
     * Trial {@code number} has ended.
     *
     * @param settings what was tried; may lack parameters that a define-by-run objective did not ask for
     * @param loss what it reached, a finite number of which less is better, null when it failed
     */
    default void tell(long number, Parameters settings, @Nullable Double loss) {}

    /**
     * Trial {@code number} of a study with several goals has ended with a loss for each. Called only where
     * {@link Sampler#takesSeveralGoals} says so.
     *
     * @param losses finite numbers of which less is better, in the order of the goals
     */
    default void tell(long number, Parameters settings, double[] losses) {
        tell(number, settings, Double.valueOf(losses[0]));
    }
}
