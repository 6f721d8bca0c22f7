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
    /** Bounds of a sign in units of clean clips, so that no single one decides. */
    private static final double LEAST = -1;

    private static final double MOST = 6;

    private final CellMaps maps;
    private final int from;
    private final int length;
    private final float[][] seen;
    private final float[][] calm;
    private final float[][] lost;

    /** For {@code length} frames of a shot; all of them must have a successor. */
    DefectPools(CellMaps maps, int from, int length) {
        this.maps = maps;
        this.from = from;
        this.length = length;
        float[][] valid = Grids.mean9(beside(Measure.VALID));
        // where something passes in front, all measures along the motion mean little
        seen = Grids.map(valid, v -> v * v);
        calm = Grids.map(Grids.mean9(beside(Measure.FM)), speed -> 1 / (1 + 0.3f * speed));
        float[][] unmatched = Grids.map(valid, v -> 1 - v);
        lost = Grids.map(beyondFrameAndPlace(unmatched), seen, (l, s) -> l * s);
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

    private static double inUnits(double value, double median, double high) {
        return Math.max(LEAST, Math.min(MOST, (value - median) / (high - median)));
    }

    private static float[][] inUnits(float[][] map, double median, double high) {
        return Grids.map(map, value -> (float) inUnits(value, median, high));
    }

    /**
     * Three signs added: more pixels without a match than usual, motion along the track that changes more than in the
     * rest of the frame, and a middle frame that does not lie between its neighbours.
     */
    float[][] warp() {
        float[][] bent = Grids.map(Grids.overFrame(Grids.mean9(beside(Measure.ACCR))), seen, (a, s) -> a * s);
        float[][] swing = Grids.mean9(beside(Measure.MIDN));
        double top = inUnits(Grids.quantile(lost, 0.98), 0.067, 0.100)
                + inUnits(Grids.quantile(bent, 0.995), 0.73, 1.17)
                + inUnits(Grids.quantile(swing, 0.995), 0.48, 0.57);
        float[][] place = Grids.map(
                Grids.map(inUnits(lost, 0.067, 0.100), inUnits(bent, 0.73, 1.17), Float::sum),
                inUnits(swing, 0.48, 0.57),
                Float::sum);
        return Grids.topped(place, 0.995, top);
    }

    /**
     * Two signs added: detail lost along the track over eight frames, more than in the rest of the frame and than is
     * usual in that place, less where fast motion would blur it anyway; and motion there and back that does not agree, as
     * in what flows apart.
     */
    float[][] melt() {
        float[][] loss = beyondBoth(Grids.map(near(Measure.SH8), value -> -value));
        loss = Grids.map(Grids.map(loss, seen, (l, s) -> l * s), calm, (l, c) -> l * c);
        float[][] apart = Grids.map(Grids.overFrame(Grids.mean9(beside(Measure.FB))), seen, (f, s) -> f * s);
        double top =
                inUnits(Grids.quantile(loss, 0.98), 0.147, 0.211) + inUnits(Grids.quantile(apart, 0.995), 0.255, 0.628);
        float[][] place = Grids.map(inUnits(loss, 0.147, 0.211), inUnits(apart, 0.255, 0.628), Float::sum);
        return Grids.topped(place, 0.995, top);
    }

    /** Differences that keep their direction where after four frames the structure is another one. */
    float[][] morph() {
        float[][] other = Grids.map(near(Measure.RHO), near(Measure.S4), (rho, s4) -> Math.max(0, rho) * s4);
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
