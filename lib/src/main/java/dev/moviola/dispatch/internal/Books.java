package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.DispatchProgress;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.EndReason;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Tally;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a dispatch, in memory that does not grow with the number of jobs. Lives on the loop. */
final class Books {
    private static final int LATEST_FAILURES = 5;

    private final long start;
    private final Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
    private final Map<FailureCategory, Long> failures = new EnumMap<>(FailureCategory.class);
    private final Deque<Failure> latest = new ArrayDeque<>();
    private final Histogram latency = new Histogram();
    private final Series series = new Series();
    private final Recent recentSubmits = new Recent();
    private final Recent recentDone = new Recent();
    private long exposure;
    private long submitted;
    private long recovered;
    private long done;
    private long refused;

    Books(long now, Tally tally) {
        start = now;
        jobs.putAll(tally.jobs());
        exposure = tally.spent().ticks();
    }

    /** The jobs of a flight stand elsewhere now. */
    void stands(Flight flight, JobState state) {
        moved(flight.stand, state, flight.jobs.size());
        flight.stand = state;
    }

    void moved(JobState from, JobState to, long count) {
        jobs.merge(from, -count, Long::sum);
        jobs.merge(to, count, Long::sum);
    }

    void added(long count) {
        jobs.merge(JobState.READY, count, Long::sum);
    }

    long count(JobState state) {
        return jobs.getOrDefault(state, 0L);
    }

    void committed(Money price) {
        exposure = Math.addExact(exposure, price.ticks());
    }

    /** A submission with that listed price ended. */
    void settled(Money price, @Nullable Money charged, Billed billed) {
        if (charged != null) {
            exposure += charged.ticks() - price.ticks();
        } else if (billed == Billed.NO) {
            exposure -= price.ticks();
        }
    }

    Money spent() {
        return new Money(Math.max(0, exposure));
    }

    void submitted(long now) {
        submitted++;
        recentSubmits.add(seconds(now), 1);
    }

    void recovered() {
        recovered++;
    }

    void refused() {
        refused++;
    }

    void answered(long nanos) {
        latency.add(nanos);
    }

    void done(long now, long count) {
        done += count;
        recentDone.add(seconds(now), count);
        series.done(seconds(now), count);
    }

    void failed(long now, Failure failure) {
        failures.merge(failure.category(), 1L, Long::sum);
        series.failed(seconds(now));
        latest.addFirst(failure);
        if (latest.size() > LATEST_FAILURES) {
            latest.removeLast();
        }
    }

    DispatchProgress progress(long now, int inFlight, int arriving, int waiting, String ending) {
        double seconds = seconds(now);
        double perSecond = recentDone.perSecond(seconds, 60);
        long open = count(JobState.READY) + count(JobState.IN_FLIGHT);
        Duration left = perSecond > 0 ? Duration.ofMillis((long) (1_000 * open / perSecond)) : null;
        return new DispatchProgress(
                present(),
                inFlight,
                arriving,
                waiting,
                submitted,
                recentSubmits.perSecond(seconds, 10),
                perSecond * 60,
                spent(),
                Duration.ofNanos(now - start),
                left,
                ending,
                List.copyOf(latest));
    }

    /** What came of it; {@code standing} is the ledger's own count, which an earlier dispatch may still have moved. */
    DispatchSummary summary(long now, EndReason reason, String detail, long left, Map<JobState, Long> standing) {
        return new DispatchSummary(
                reason,
                detail,
                standing,
                submitted,
                recovered,
                done,
                refused,
                left,
                spent(),
                failures,
                latency.latency(),
                series.until(seconds(now)),
                Duration.ofNanos(now - start));
    }

    private Map<JobState, Long> present() {
        Map<JobState, Long> present = new EnumMap<>(jobs);
        present.values().removeIf(count -> count <= 0);
        return present;
    }

    private double seconds(long now) {
        return (now - start) / 1e9;
    }
}
