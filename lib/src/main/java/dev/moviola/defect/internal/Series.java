package dev.moviola.defect.internal;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers of whole frames along one shot: distances to the next five frames, mean brightness of the frame and of twelve
 * fields.
 */
final class Series {
    static final int REACH = 5;
    static final int FIELDS = 12;
    private static final double FLOOR = 0.02;

    private final Plane[] ring = new Plane[REACH + 1];
    private final DoubleList[] distance = new DoubleList[REACH + 1];
    private final DoubleList[] strongest = new DoubleList[REACH + 1];
    private final DoubleList[] fields = new DoubleList[FIELDS];
    private final DoubleList mean = new DoubleList();
    private float[] scratch = new float[0];
    private int size;

    Series() {
        for (int k = 0; k <= REACH; k++) {
            distance[k] = new DoubleList();
            strongest[k] = new DoubleList();
        }
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = new DoubleList();
        }
    }

    int size() {
        return size;
    }

    /** Adds the next plane; it must stay untouched until five more have been added. */
    void add(Plane plane) {
        for (int k = 1; k <= Math.min(REACH, size); k++) {
            Plane earlier = ring[(size - k) % ring.length];
            measure(earlier, plane, k);
        }
        ring[size % ring.length] = plane;
        mean.add(plane.mean);
        int sw = plane.smallWidth;
        int sh = plane.small.length / sw;
        for (int i = 0; i < FIELDS; i++) {
            int x0 = (i % 4) * sw / 4;
            int x1 = (i % 4 + 1) * sw / 4;
            int y0 = (i / 4) * sh / 3;
            int y1 = (i / 4 + 1) * sh / 3;
            double total = 0;
            for (int y = y0; y < y1; y++) {
                for (int x = x0; x < x1; x++) {
                    total += plane.small[y * sw + x];
                }
            }
            fields[i].add(plane.mean + total / Math.max(1, (x1 - x0) * (y1 - y0)));
        }
        size++;
    }

    /** Mean of luma, one value a frame. */
    double[] mean() {
        return mean.toArray();
    }

    /** Mean luma of one of the 4 x 3 fields, one value a frame. */
    double[] field(int i) {
        return fields[i].toArray();
    }

    /** Mean absolute difference of small frames t and t + k, brightness removed; one value for each t that has it. */
    double[] distance(int k) {
        return distance[k].toArray();
    }

    /** How much nearer one of the frames t + 2 to t + 4 is than t + 1, log ratio; whole frame or strongest pixels. */
    double[] order(boolean strongestPixels) {
        DoubleList[] d = strongestPixels ? strongest : distance;
        int length = Math.max(0, d[2].size());
        double[] order = new double[length];
        for (int t = 0; t < length; t++) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = 2; k <= 4 && t < d[k].size(); k++) {
                least = Math.min(least, d[k].get(t));
            }
            order[t] = StrictMath.log((d[1].get(t) + 0.2) / (least + 0.2));
        }
        return order;
    }

    private void measure(Plane earlier, Plane later, int k) {
        float[] a = earlier.small;
        float[] b = later.small;
        if (scratch.length != a.length) {
            scratch = new float[a.length];
        }
        double total = 0;
        for (int i = 0; i < a.length; i++) {
            float d = Math.abs(a[i] - b[i]);
            scratch[i] = d;
            total += d;
        }
        distance[k].add(total / a.length);
        // the strongest 5 % by a histogram of quarter grey levels instead of a sort
        int[] counts = new int[1024];
        for (float d : scratch) {
            counts[Math.min(1023, (int) (d * 4))]++;
        }
        int wanted = Math.max(1, a.length / 20);
        int taken = 0;
        double sum = 0;
        for (int bin = 1023; bin >= 0 && taken < wanted; bin--) {
            int take = Math.min(counts[bin], wanted - taken);
            sum += take * (bin + 0.5) / 4;
            taken += take;
        }
        strongest[k].add(sum / taken + FLOOR);
    }

    /** min(|dm_t|, |dm_t+1|) where successive changes have opposite signs, else 0; two shorter than the input. */
    static double[] alternation(double[] values) {
        double[] out = new double[Math.max(0, values.length - 2)];
        for (int t = 0; t < out.length; t++) {
            double a = values[t + 1] - values[t];
            double b = values[t + 2] - values[t + 1];
            out[t] = a * b < 0 ? Math.min(Math.abs(a), Math.abs(b)) : 0;
        }
        return out;
    }

    /** Limits each value to the mean of the {@code count} largest, so that one lone value does not make a score. */
    static double[] limited(double[] values, int count) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int n = Math.min(count, sorted.length);
        for (int i = 0; i < n; i++) {
            sum += sorted[sorted.length - 1 - i];
        }
        double limit = n == 0 ? 0 : sum / n;
        return Arrays.stream(values).map(value -> Math.min(value, limit)).toArray();
    }

    static double mean(double[] values) {
        return values.length == 0 ? 0 : Arrays.stream(values).sum() / values.length;
    }

    /** The q-quantile by linear interpolation; 0 without values. */
    static double quantile(double[] values, double q) {
        if (values.length == 0) {
            return 0;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = q * (sorted.length - 1);
        int i = (int) at;
        return i + 1 < sorted.length ? sorted[i] + (at - i) * (sorted[i + 1] - sorted[i]) : sorted[i];
    }

    static double[] toArray(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
