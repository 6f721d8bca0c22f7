package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.DispatchSummary.Latency;
import java.time.Duration;

/** Counts durations in classes that are 2 percent wide, from a microsecond to weeks, in fixed memory. */
final class Histogram {
    private static final double WIDTH = Math.log(1.02);
    private static final int CLASSES = 1_500;

    private final long[] counts = new long[CLASSES];
    private long total;
    private long longest;

    void add(long nanos) {
        double micros = Math.max(1, nanos / 1_000.0);
        counts[Math.min(CLASSES - 1, (int) (Math.log(micros) / WIDTH))]++;
        total++;
        longest = Math.max(longest, nanos);
    }

    Latency latency() {
        return new Latency(total, quantile(0.5), quantile(0.9), quantile(0.99), Duration.ofNanos(longest));
    }

    private Duration quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += counts[i];
            if (total > 0 && seen >= rank) {
                long middle = (long) (Math.exp((i + 0.5) * WIDTH) * 1_000);
                return Duration.ofNanos(Math.min(middle, longest));
            }
        }
        return Duration.ZERO;
    }
}
