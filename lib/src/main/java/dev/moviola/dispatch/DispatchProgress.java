package dev.moviola.dispatch;

import dev.moviola.display.Progress;
import dev.moviola.display.Progress.Fact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a dispatch stands at one moment.
 *
 * @param jobs how many jobs of the run stand in each state; states without a job are absent
 * @param inFlight submissions that the backend is at work on
 * @param arriving submissions that succeeded outside and whose files are being fetched and checked
 * @param waiting jobs that failed and wait for another try
 * @param submitted submissions made since this dispatch began
 * @param submitsPerSecond submissions a second over the last ten seconds
 * @param donePerMinute jobs that became DONE over the last minute, scaled to a minute while younger than that
 * @param spent what the run has cost, open submissions at their listed price
 * @param elapsed time since this dispatch began
 * @param left an estimate of the time that the known jobs still take, null while there is none
 * @param ending why nothing new is submitted any more, empty while submitting
 * @param failures the latest failures, at most five, newest first
 */
public record DispatchProgress(
        Map<JobState, Long> jobs,
        int inFlight,
        int arriving,
        int waiting,
        long submitted,
        double submitsPerSecond,
        double donePerMinute,
        Money spent,
        Duration elapsed,
        @Nullable Duration left,
        String ending,
        List<Failure> failures) {
    /** Copies the collections. */
    public DispatchProgress {
        jobs = Map.copyOf(jobs);
        failures = List.copyOf(failures);
    }

    /** How many jobs stand in {@code state}. */
    public long count(JobState state) {
        return jobs.getOrDefault(state, 0L);
    }

    /** How it stands, for a display. */
    public Progress toProgress() {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("in flight", inFlight));
        if (waiting > 0) {
            facts.add(Fact.of("retrying", waiting));
        }
        if (count(JobState.UNKNOWN) > 0) {
            facts.add(Fact.of("unknown", count(JobState.UNKNOWN)));
        }
        facts.add(Fact.plain("rate", Math.round(donePerMinute) + "/min"));
        facts.add(Fact.plain("spent", spent));
        if (left != null) {
            facts.add(Fact.of("left", Progress.human(left)));
        }
        return new Progress("dispatch", count(JobState.DONE), count(JobState.FAILED), total(), facts, ending);
    }

    /** How many jobs the run holds. */
    public long total() {
        return jobs.values().stream().mapToLong(Long::longValue).sum();
    }
}
