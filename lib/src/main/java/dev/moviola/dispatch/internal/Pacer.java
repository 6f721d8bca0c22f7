package dev.moviola.dispatch.internal;

import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Spaces submissions evenly, without bursts: time that was not used is lost.
 *
 * <p>When the backend says that there are too many, the rate falls by a third, at most once in the time that two
 * submissions take, and nothing is submitted for as long as the backend asks; each submission that is taken brings back
 * a fiftieth of the full rate. Where no rate is known, the fall starts from the rate that was reached, and the limit
 * goes away again when ten times that rate works. Not safe for use by several threads.
 */
final class Pacer {
    private static final double FALL = 2.0 / 3;
    private static final double RISE = 0.02;
    private static final double LEAST_SHARE = 1.0 / 64;
    private static final double NANOS = 1e9;

    private final double full;
    private final long jitterFrom;
    private final long jitterSpan;
    private final Random random;
    private double rate;
    private double reached;
    private long next;
    private long lastFall;
    private long lastSubmit;
    private double meanGap = Double.NaN;

    Pacer(double perSecond, Duration jitterFrom, Duration jitterTo, Random random, long now) {
        this.full = perSecond;
        this.rate = perSecond;
        this.jitterFrom = jitterFrom.toNanos();
        this.jitterSpan = jitterTo.toNanos() - jitterFrom.toNanos();
        this.random = random;
        this.next = now;
        this.lastFall = now - (long) NANOS * 60;
        this.lastSubmit = now;
    }

    /** Nanoseconds until the next submission may be made; 0 when it may be made now. */
    long delay(long now) {
        return Math.max(0, next - now);
    }

    /** Takes note of a submission made now. */
    void submitted(long now) {
        double gap = Math.max(1, now - lastSubmit);
        meanGap = Double.isNaN(meanGap) ? gap : meanGap * 0.9 + gap * 0.1;
        lastSubmit = now;
        long pause = jitterFrom + (jitterSpan == 0 ? 0 : (long) (random.nextDouble() * jitterSpan));
        next = Math.max(next, now) + (long) (NANOS / rate) + pause;
    }

    /** Takes note that there were too many. */
    void refused(long now, @Nullable Duration retryAfter) {
        if (retryAfter != null) {
            next = Math.max(next, now + retryAfter.toNanos());
        }
        if (Double.isInfinite(rate)) {
            reached = Math.max(1, Double.isNaN(meanGap) ? 1 : NANOS / meanGap);
            rate = reached;
        }
        if (now - lastFall > 2 * NANOS / rate) {
            rate = Math.max(rate * FALL, top() * LEAST_SHARE);
            lastFall = now;
            next = Math.max(next, now + (long) (NANOS / rate));
        }
    }

    /** Takes note that a submission was taken. */
    void accepted() {
        if (rate < full) {
            rate = Math.min(full, rate + RISE * top());
            if (Double.isInfinite(full) && rate > 10 * reached) {
                rate = full;
            }
        }
    }

    /** Submissions a second at the moment; infinite when there is no limit. */
    double rate() {
        return rate;
    }

    private double top() {
        return Double.isInfinite(full) ? reached : full;
    }
}
