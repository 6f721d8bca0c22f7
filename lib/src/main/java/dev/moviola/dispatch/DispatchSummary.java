package dev.moviola.dispatch;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.Progress;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a dispatch.
 *
 * @param reason why it ended
 * @param detail the reason in a sentence that also says what to do next
 * @param jobs how many jobs of the run stand in each state; states without a job are absent
 * @param submitted submissions made by this dispatch
 * @param recovered submissions of an earlier dispatch that this one took up
 * @param done jobs that became DONE in this dispatch
 * @param refused jobs that the backend's own check refused, without a submission
 * @param left submissions that are open in the ledger and decide what becomes of a job, to be asked after on resume;
 *     those that are UNKNOWN included, but none whose job was submitted again since
 * @param spent what the run has cost as far as is known, open and undecided submissions at their listed price
 * @param failures failures of this dispatch by category, those that were tried again included
 * @param latency time from the call to submit until the backend said that it succeeded
 * @param throughput jobs done over time, for a chart
 * @param elapsed how long the dispatch took
 */
public record DispatchSummary(
        EndReason reason,
        String detail,
        Map<JobState, Long> jobs,
        long submitted,
        long recovered,
        long done,
        long refused,
        long left,
        Money spent,
        Map<FailureCategory, Long> failures,
        Latency latency,
        List<Throughput> throughput,
        Duration elapsed)
        implements Displayable {
    /** Copies the collections. */
    public DispatchSummary {
        jobs = Map.copyOf(jobs);
        failures = Map.copyOf(failures);
        throughput = List.copyOf(throughput);
    }

    /** How many jobs stand in {@code state}. */
    public long count(JobState state) {
        return jobs.getOrDefault(state, 0L);
    }

    /** Whether every job of the run is DONE. */
    public boolean isAllDone() {
        return jobs.keySet().stream().allMatch(state -> state == JobState.DONE);
    }

    /** How it ended, in a sentence or two. */
    public String sentence() {
        StringBuilder text = new StringBuilder("dispatched ");
        text.append(done).append(" done, ").append(submitted).append(" submitted");
        if (recovered > 0) {
            text.append(", ").append(recovered).append(" taken up again");
        }
        if (!failures.isEmpty()) {
            text.append(", failures ").append(new TreeMap<>(failures));
        }
        text.append(", spent ").append(spent).append(", ").append(Progress.human(elapsed));
        if (reason != EndReason.COMPLETE) {
            text.append(". ").append(detail);
        } else if (count(JobState.UNKNOWN) > 0) {
            text.append(". ").append(count(JobState.UNKNOWN)).append(" got no answer and may have been billed");
        }
        return text.toString();
    }

    /** A line with the jobs that are done and how long they took; {@link #sentence()} says the rest. */
    @Override
    public MimeBundle display() {
        long all = jobs.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder text = new StringBuilder();
        text.append(count(JobState.DONE)).append(" of ").append(all).append(" jobs done");
        if (latency.count() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "; latency: median %.1f s, 9 of 10 within %.1f s, longest %.1f s",
                    latency.p50().toMillis() / 1e3,
                    latency.p90().toMillis() / 1e3,
                    latency.longest().toMillis() / 1e3));
        }
        return MimeBundle.text(text.toString());
    }

    /**
     * Percentiles of a duration, each within 2 percent; all zero when nothing was measured.
     *
     * @param count how many were measured
     * @param p50 the median
     * @param p90 nine in ten took at most this long
     * @param p99 99 in 100 took at most this long
     * @param longest the longest
     */
    public record Latency(long count, Duration p50, Duration p90, Duration p99, Duration longest) {}

    /**
     * One interval of the throughput.
     *
     * @param fromSeconds its beginning, from the start of the dispatch
     * @param toSeconds its end
     * @param done jobs that became DONE in it
     * @param failed submissions that failed in it
     */
    public record Throughput(double fromSeconds, double toSeconds, long done, long failed) {}
}
