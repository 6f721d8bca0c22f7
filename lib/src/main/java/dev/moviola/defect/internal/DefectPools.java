package dev.moviola.defect.internal;

import java.util.Arrays;

/**
 * Raw values per frame and cell of the defects that have a place, over one stretch of a shot and on the scale of
 * {@link Calibration}.
 *
 * <p>Each pool is made of one or more signs: measures smoothed over neighbouring cells and frames, compared with what is
 * usual in their frame or place, limited to a high quantile so that a value rests on more than a lone cell. Signs that
 * are added count in units of the clean clips named in {@link Calibration}: 0 is the median of those clips, 1 the value
 * that one in ten of them exceeds.
 */
final class DefectPools {
    /** Mean square, grey levels squared, at which a residual counts half. */
    private static final float GRAIN = 16;
    /** Turning times lost structure in the median cell; foliage in wind, the most of any clean clip, reaches 0.06. */
    private static final float USUAL_TEAR = 0.06f;
    /**
     * Change of motion along the track times the square of how far the middle frame lies beside its neighbours, both in
     * the median cell. An unsteady hand near its subject and snow, the most of any clean clip, reach 0.055.
     */
    private static final float USUAL_BENDING = 0.06f;
    /** What of it counts as one unit of clean clips. */
    private static final float BENDING = 0.02f;
    /** Bounds of a sign in units of clean clips, so that no single one decides. */
    private static final double LEAST = -1;

    private static final float MOST = 3;

    private final CellMaps maps;
    private final int from;
    private final int length;
    private final float[][] seen;
    private final float[][] calm;
    private final float[][] lost;
    /** Weight of each cell: little at the borders of the picture, where what enters or leaves has no match. */
    private final float[] inner;

    /** For {@code length} frames of a shot; all of them must have a successor. */
    DefectPools(CellMaps maps, int from, int length) {
        this.maps = maps;
        this.from = from;
        this.length = length;
        inner = inner(maps.across, maps.down);
        float[][] valid = Grids.mean9(beside(Measure.VALID));
        // where something passes in front, all measures along the motion mean little
        seen = Grids.map(valid, v -> v * v);
        calm = Grids.map(Grids.mean9(beside(Measure.FM)), speed -> 1 / (1 + 0.3f * speed));
        float[][] unmatched = Grids.map(valid, v -> 1 - v);
        lost = Grids.map(beyondFrameAndPlace(unmatched), seen, (l, s) -> l * s);
    }

    private static float[] inner(int across, int down) {
        float[] weights = new float[across * down];
        for (int c = 0; c < weights.length; c++) {
            int x = c % across;
            int y = c / across;
            int depth = Math.min(Math.min(x, across - 1 - x), Math.min(y, down - 1 - y));
            weights[c] = Math.min(1, 0.5f * depth);
        }
        return weights;
    }

    /** How many frames have a value of their own of a measure that looks so far ahead; the rest repeat the last one. */
    private int fresh(int ahead) {
        return Math.max(1, Math.min(length, maps.length() - ahead - from));
    }

    private float[][] of(Measure measure) {
        return Arrays.copyOfRange(maps.series(measure), from, from + length);
    }

    private float[][] near(Measure measure) {
        return Grids.smooth(of(measure), maps.across, maps.down, true);
    }

    private float[][] beside(Measure measure) {
        return Grids.smooth(of(measure), maps.across, maps.down, false);
    }

    private static float[][] beyondFrameAndPlace(float[][] map) {
        return Grids.map(Grids.overFrame(map), Grids.overTime(map), (inFrame, inPlace) -> (inFrame + inPlace) / 2);
    }

    private static float[][] beyondBoth(float[][] map) {
        return Grids.map(Grids.overFrame(map), Grids.overTime(map), Math::min);
    }

    /**
     * Three signs added: more pixels without a match than usual; a middle frame that does not lie between its
     * neighbours, and motion that turns back there, both more than in the rest of the frame and than is usual in that
     * place. Where most of the frame bends there is no rest of it to compare with: there the bending itself counts.
     */
    float[][] warp() {
        float[][] between = Grids.mean9OfFirst(beside(Measure.MIDN), fresh(4));
        float[][] swing = beyondBoth(between);
        float[][] back = beyondBoth(Grids.mean9(beside(Measure.REV)));
        back = Grids.map(back, between, (r, m) -> r * m * m);
        back = Grids.map(back, calm, (r, c) -> r * c);
        float[][] bending = Grids.mean9(beside(Measure.ACCR));
        float[][] place = sum(
                new Sign(lost, 0.99, 0.071, 0.100),
                new Sign(swing, 0.995, 0.14, 0.19),
                new Sign(back, 0.99, 0.006, 0.009));
        double[] everywhere = new double[length];
        for (int t = 0; t < length; t++) {
            float middle = median(between[t]);
            everywhere[t] = Math.min(2 * MOST, (median(bending[t]) * middle * middle - USUAL_BENDING) / BENDING);
        }
        // a moment of it is a jolt of the camera
        double most = Series.quantile(everywhere, 0.7);
        for (int t = 0; t < length; t++) {
            for (int c = 0; c < place[t].length; c++) {
                place[t][c] = Math.max(place[t][c], (float) Math.min(most, everywhere[t]));
            }
        }
        return place;
    }

    /**
     * Two signs added, both more than in the rest of the frame and than is usual in that place, and counting less where
     * fast motion would cause them anyway: detail lost along the track over eight frames for most of nine frames without
     * a change of brightness, and motion there and back that does not agree, as in what flows apart.
     */
    float[][] melt() {
        float[][] loss = weighed(Grids.median9(beyondBoth(Grids.map(beside(Measure.SH8), value -> -value))));
        loss = Grids.map(loss, near(Measure.DL8), (l, change) -> l / (1 + 0.1f * change));
        float[][] apart = weighed(beyondBoth(Grids.mean9(beside(Measure.FB))));
        apart = Grids.map(apart, calm, (f, c) -> f * c);
        return sum(new Sign(loss, 0.99, 0.12, 0.20), new Sign(apart, 0.995, 0.075, 0.105));
    }

    private float[][] weighed(float[][] map) {
        return inside(Grids.map(Grids.map(map, seen, (value, s) -> value * s), calm, (value, c) -> value * c));
    }

    private float[][] inside(float[][] map) {
        float[][] out = new float[map.length][];
        for (int t = 0; t < map.length; t++) {
            out[t] = map[t].clone();
            for (int c = 0; c < inner.length; c++) {
                out[t][c] *= inner[c];
            }
        }
        return out;
    }

    /**
     * One sign of several that are added.
     *
     * @param map its values
     * @param quantile of the values that stands for the clip
     * @param median that quantile in the median of the clean clips
     * @param high that quantile in the one of ten clean clips
     */
    private record Sign(float[][] map, double quantile, double median, double high) {
        double inUnits(double value) {
            return Math.max(LEAST, Math.min(MOST, (value - median) / (high - median)));
        }
    }

    private static float[][] sum(Sign... signs) {
        double top = 0;
        float[][] place = Grids.map(signs[0].map, value -> 0f);
        for (Sign sign : signs) {
            top += sign.inUnits(Grids.quantile(sign.map, sign.quantile));
            place = Grids.map(place, sign.map, (sum, value) -> sum + (float) sign.inUnits(value));
        }
        return Grids.topped(place, 0.995, top);
    }

    /**
     * Differences that keep their direction, more than in the rest of the frame and than is usual in that place, where
     * after four frames the structure is another one.
     */
    float[][] morph() {
        float[][] lasting = beyondBoth(near(Measure.RHO));
        float[][] other = inside(Grids.map(lasting, near(Measure.S4), (rho, s4) -> Math.max(0, rho) * s4));
        return Grids.topped(other, 0.995, Grids.quantile(other, 0.995));
    }

    /**
     * Successive residuals of opposite direction, more so than is usual in that place and in that frame, and pixels
     * without a match. Small residuals are grain; rain, snow and sand last all the clip and so are usual in their place.
     * Where more than half of the frame loses its structure from frame to frame that is no weather: what is usual counts
     * double then.
     */
    float[][] boil() {
        float[][] turning = Grids.map(
                near(Measure.RHO), near(Measure.SQ1), (rho, square) -> Math.max(0, -rho) * square / (square + GRAIN));
        float[][] redrawn = Grids.map(beyondBoth(Grids.mean9(turning)), lost, (t, l) -> t + 0.3f * l);
        redrawn = Grids.topped(redrawn, 0.995, Grids.quantile(redrawn, 0.995));
        // structure alone tells it from light that flickers, which turns back as well
        float[][] torn = Grids.map(turning, near(Measure.S1), (t, lost1) -> t * lost1 / (lost1 + 0.1f));
        for (int t = 0; t < length; t++) {
            float everywhere = 2 * Math.max(0, median(torn[t]) - USUAL_TEAR);
            for (int c = 0; c < redrawn[t].length; c++) {
                redrawn[t][c] += everywhere;
            }
        }
        return redrawn;
    }

    private static float median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** For each frame the strongest motion that turns back while the picture in between does not lie between. */
    double[] turning() {
        float[][] back =
                Grids.map(Grids.mean9(beside(Measure.REV)), Grids.mean9(beside(Measure.MIDN)), (rev, mid) -> rev * mid);
        back = Grids.map(back, Grids.mean9(beside(Measure.VALID)), (b, v) -> b * v);
        double limit = Grids.quantile(back, 0.995);
        double[] most = new double[length];
        for (int t = 0; t < length; t++) {
            for (float cell : back[t]) {
                most[t] = Math.max(most[t], Math.min(limit, cell));
            }
        }
        return most;
    }
}
