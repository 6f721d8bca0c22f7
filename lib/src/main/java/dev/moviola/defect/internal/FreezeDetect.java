package dev.moviola.defect.internal;

import dev.moviola.video.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Frozen stretches as ffmpeg's freezedetect filter defines them: each frame is compared with the first frame of the
 * stretch, over all planes, and belongs to it while the mean absolute difference is at most 0.001 of 256.
 */
final class FreezeDetect {
    private static final double NOISE = 0.001;

    private @Nullable Frame reference;
    private @Nullable Frame before;
    private int frozenPairs;
    private int pairs;
    private double longest;
    private final DoubleList starts = new DoubleList();
    private final DoubleList ends = new DoubleList();
    private boolean open;

    void accept(Frame frame) {
        Frame first = reference;
        Frame last = before;
        if (first == null || last == null) {
            reference = frame;
            before = frame;
            return;
        }
        pairs++;
        if (frozen(last, frame)) {
            frozenPairs++;
        }
        if (frozen(first, frame)) {
            longest = Math.max(longest, frame.seconds() - first.seconds());
            if (!open) {
                starts.add(first.seconds());
                ends.add(frame.seconds());
                open = true;
            }
        } else {
            if (open) {
                longest = Math.max(longest, frame.seconds() - first.seconds());
            }
            reference = frame;
        }
        if (open) {
            ends.set(ends.size() - 1, frame.seconds());
            open = reference == first;
        }
        before = frame;
    }

    /** Share of pairs of successive frames without a difference. */
    double share() {
        return pairs == 0 ? 0 : (double) frozenPairs / pairs;
    }

    /** Longest stretch in seconds, from its first frame to the first that differs or the last of the clip. */
    double longest() {
        return longest;
    }

    /** Beginnings of the stretches of at least this many seconds. */
    double[] starts(double seconds) {
        DoubleList kept = new DoubleList();
        for (int i = 0; i < starts.size(); i++) {
            if (ends.get(i) - starts.get(i) >= seconds) {
                kept.add(starts.get(i));
            }
        }
        return kept.toArray();
    }

    /** Ends of the stretches of at least this many seconds: the first frame that differs, or the last of the clip. */
    double[] ends(double seconds) {
        DoubleList kept = new DoubleList();
        for (int i = 0; i < starts.size(); i++) {
            if (ends.get(i) - starts.get(i) >= seconds) {
                kept.add(ends.get(i));
            }
        }
        return kept.toArray();
    }

    private static boolean frozen(Frame a, Frame b) {
        long samples = (long) a.luma().length + a.cb().length + a.cr().length;
        long most = (long) (NOISE * 256 * samples);
        long sum = sad(a.luma(), b.luma(), most);
        if (sum <= most) {
            sum += sad(a.cb(), b.cb(), most - sum);
        }
        if (sum <= most) {
            sum += sad(a.cr(), b.cr(), most - sum);
        }
        return sum <= most;
    }

    /** The sum of absolute differences, or some value above {@code most} as soon as it is. */
    private static long sad(byte[] a, byte[] b, long most) {
        long total = 0;
        for (int from = 0; from < a.length && total <= most; from += 4096) {
            int sum = 0;
            int to = Math.min(a.length, from + 4096);
            for (int i = from; i < to; i++) {
                sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
            }
            total += sum;
        }
        return total;
    }
}
