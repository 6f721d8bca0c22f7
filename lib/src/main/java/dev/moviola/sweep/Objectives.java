package dev.moviola.sweep;

/** What a study of several goals optimises. */
@FunctionalInterface
public interface Objectives {
    /**
     * Tries the settings of {@code trial}.
     *
     * @return the value reached for each goal, in the order of the goals, finite numbers
     * @throws Exception when there are none; the trial is tried again, then counted as failed
     */
    double[] values(Trial trial) throws Exception;
}
