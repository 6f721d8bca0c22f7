package dev.moviola.ledger;

import java.util.Map;

/**
 * A run in numbers.
 *
 * @param jobs how many jobs stand in each state; states without a job are absent
 * @param submissions how many submissions stand in each state; states without one are absent
 * @param paid how many submissions the backend accepted
 * @param spent charged amounts, or the listed price where a submission was accepted and no charge is known, or where
 *     nothing says whether it was billed
 */
public record Tally(Map<JobState, Long> jobs, Map<SubmissionState, Long> submissions, long paid, Money spent) {
    /** Copies the maps. */
    public Tally {
        jobs = Map.copyOf(jobs);
        submissions = Map.copyOf(submissions);
    }

    /** How many jobs stand in {@code state}. */
    public long count(JobState state) {
        return jobs.getOrDefault(state, 0L);
    }

    /** How many jobs there are. */
    public long total() {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }
}
