package dev.moviola.sweep;

import dev.moviola.MoviolaException;

/** Thrown by an objective to end a trial that is not worth going on with; see {@link Trial#pruned}. */
public final class TrialPruned extends MoviolaException {
    private static final long serialVersionUID = 1L;

    TrialPruned(String message) {
        super(message);
    }
}
