package dev.moviola.backend;

import java.time.Duration;

/**
 * What a backend can do and how it wants to be treated.
 *
 * @param seed whether the same seed gives the same clip
 * @param cancel whether a running submission can be stopped
 * @param recover whether a lost submission can be found again, so that UNKNOWN need not stay unknown
 * @param submitsPerSecond the submit rate that it allows, {@link Double#POSITIVE_INFINITY} when it does not say
 * @param inFlight how many submissions it takes at a time, {@link Integer#MAX_VALUE} when it does not say
 * @param jobsPerSubmission how many jobs of a group one submission may serve, at least 1
 * @param pollEvery how long to wait between two polls of one submission
 * @param deadline how long a submission may take before it is given up
 */
public record Capabilities(
        boolean seed,
        boolean cancel,
        boolean recover,
        double submitsPerSecond,
        int inFlight,
        int jobsPerSubmission,
        Duration pollEvery,
        Duration deadline) {}
