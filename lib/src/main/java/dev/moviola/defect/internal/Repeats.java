package dev.moviola.defect.internal;

import dev.moviola.defect.Cadence;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Tells repeated frames that are the cadence of the material from a freeze.
 *
 * @param cadence the regular pattern, if there is one
 * @param freeze score 0..1 of each frame, 0 for those of a cadence
 * @param depth log of the two smallest frame differences over the median one
 */
record Repeats(Cadence cadence, double[] freeze, double depth) {
    private static final int LONGEST_PERIOD = 8;
    private static final double REGULAR = 0.8;
    /** Frames before and after that say how large a difference is usual. */
    private static final int REACH = 24;
    /** Share of the usual difference at which a halt or start counts as abrupt. */
    private static final double ABRUPT = 0.5;

    static Repeats find(BitSet repeated, double[] differences, int frames) {
        double[] sorted = differences.clone();
        Arrays.sort(sorted);
        double depth = sorted.length < 2
                ? 0
                : StrictMath.log((sorted[0] + sorted[1]) / 2 + 0.02) - StrictMath.log(sorted[sorted.length / 2] + 0.02);
        int period = period(repeated, frames);
        double[] freeze = new double[frames];
        int natural = 0;
        int t = 0;
        while (t < frames) {
            if (!repeated.get(t)) {
                t++;
                continue;
            }
            int end = end(repeated, differences, t, frames);
            if (period > 0 && end - t < period) {
                natural += end - t;
            } else {
                double score = Calibration.FREEZE.score(end - t) * abruptness(repeated, differences, t, end);
                Arrays.fill(freeze, Math.max(0, t - 1), Math.min(frames, end), score);
            }
            t = end;
        }
        Cadence cadence = period > 0 ? new Cadence((double) natural / frames, period, true) : Cadence.none();
        return new Repeats(cadence, freeze, depth);
    }

    /**
     * Where the run of repeated frames from {@code from} on ends. A lone frame that changes little does not end it: in a
     * compressed clip that is a key frame of the picture that stands still.
     */
    private static int end(BitSet repeated, double[] differences, int from, int frames) {
        int end = repeated.nextClearBit(from);
        while (end > from + 1
                && end + 1 < frames
                && repeated.get(end + 1)
                && differences[end - 1] < ABRUPT * usual(repeated, differences, from, end)) {
            end = repeated.nextClearBit(end + 1);
        }
        return end;
    }

    /**
     * How abruptly the picture halts and moves on, 0..1: a scene that comes to rest by itself slows down before and
     * starts slowly, a freeze begins and ends in full motion. The ends of the clip say nothing.
     */
    private static double abruptness(BitSet repeated, double[] differences, int from, int end) {
        double usual = usual(repeated, differences, from, end);
        double before = from >= 2 ? differences[from - 2] : Double.POSITIVE_INFINITY;
        double after = end - 1 < differences.length ? differences[end - 1] : Double.POSITIVE_INFINITY;
        double least = Math.min(before, after) / (ABRUPT * usual + 1e-9);
        return Math.min(1, least * least);
    }

    /** The median difference of the frames around a run that are no repeats. */
    private static double usual(BitSet repeated, double[] differences, int from, int end) {
        double[] moving = new double[differences.length];
        int n = 0;
        for (int k = Math.max(0, from - REACH); k < Math.min(differences.length, end + REACH); k++) {
            if (!repeated.get(k + 1)) {
                moving[n++] = differences[k];
            }
        }
        return Series.quantile(Arrays.copyOf(moving, n), 0.5);
    }

    /** The shortest period after which most repeats come again over most of the clip; 0 when there is none. */
    private static int period(BitSet repeated, int frames) {
        int count = repeated.cardinality();
        for (int period = 2; period <= LONGEST_PERIOD; period++) {
            if (count < 3 || count * (LONGEST_PERIOD + 2) < frames) {
                return 0;
            }
            int possible = 0;
            int again = 0;
            int first = repeated.nextSetBit(0);
            for (int t = first; t >= 0 && t + period < frames; t = repeated.nextSetBit(t + 1)) {
                possible++;
                again += repeated.get(t + period) ? 1 : 0;
            }
            int span = repeated.length() - first;
            boolean allRepeat = repeated.cardinality() >= span;
            if (!allRepeat && possible >= 2 && again >= REGULAR * possible && span > frames / 2) {
                return period;
            }
        }
        return 0;
    }
}
