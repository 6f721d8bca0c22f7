package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trial.
 *
 * @param number its place in the study, from 0
 * @param state where it stands
 * @param settings the values it tries
 * @param value what it reached, a finite number; null unless it is COMPLETE
 * @param failure why there is no value; null unless it FAILED or was PRUNED
 */
public record TrialRecord(
        long number,
        TrialState state,
        Parameters settings,
        @Nullable Double value,
        @Nullable String failure) {
    /** Checks that there is a finite value exactly when the trial is complete. */
    public TrialRecord {
        if ((state == TrialState.COMPLETE) != (value != null) || (value != null && !Double.isFinite(value))) {
            throw new MoviolaException(
                    "trial " + number + " must have a finite value when it is complete and none else, " + "but is "
                            + state + " with " + value);
        }
    }
}
