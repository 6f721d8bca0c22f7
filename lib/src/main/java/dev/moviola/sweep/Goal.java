package dev.moviola.sweep;

import dev.moviola.MoviolaException;

/**
 * One thing that a study optimises.
 *
 * @param metric its name
 * @param direction which values are better
 */
public record Goal(String metric, Direction direction) {
    /** Checks that there is a name. */
    public Goal {
        if (metric.isBlank()) {
            throw new MoviolaException("a goal must name its metric, but the name was blank");
        }
    }
}
