package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.DispatchSummary.Throughput;
import java.util.ArrayList;
import java.util.List;

/** Events over time in at most 240 equal intervals, which double in width whenever there would be more. */
final class Series {
    private static final int INTERVALS = 240;
    private static final double FIRST_WIDTH = 0.25;

    private final long[] done = new long[INTERVALS];
    private final long[] failed = new long[INTERVALS];
    private double width = FIRST_WIDTH;

    void done(double seconds, long count) {
        done[slot(seconds)] += count;
    }

    void failed(double seconds) {
        failed[slot(seconds)]++;
    }

    /** The intervals from 0 until {@code end}, the last of which may be cut short. */
    List<Throughput> until(double end) {
        List<Throughput> points = new ArrayList<>();
        for (int i = 0; i <= slot(end); i++) {
            points.add(
                    new Throughput(i * width, Math.min((i + 1) * width, Math.max(end, i * width)), done[i], failed[i]));
        }
        return points;
    }

    private int slot(double seconds) {
        while (seconds >= INTERVALS * width) {
            halve(done);
            halve(failed);
            width *= 2;
        }
        return (int) (seconds / width);
    }

    private static void halve(long[] counts) {
        for (int i = 0; i < INTERVALS; i++) {
            counts[i] = i < INTERVALS / 2 ? counts[2 * i] + counts[2 * i + 1] : 0;
        }
    }
}
