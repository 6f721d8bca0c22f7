package dev.moviola.sweep;

/** What a study optimises. */
@FunctionalInterface
public interface Objective {
    /**
     * Tries the settings of {@code trial}.
     *
     * @return the value reached, a finite number
     * @throws Exception when there is none; the trial is tried again, then counted as failed
     */
    double value(Trial trial) throws Exception;
}
