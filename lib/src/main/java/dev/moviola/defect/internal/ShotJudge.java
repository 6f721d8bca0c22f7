package dev.moviola.defect.internal;

import dev.moviola.defect.Defect;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hand-made pools over the cell maps and series of one shot: for each defect a raw value per frame and cell, on the
 * scale of {@link Calibration}.
 */
final class ShotJudge {
    private static final int SHORTEST = 6;
    private static final double STRONGEST = 0.995;
    /** Mean square, grey levels squared, at which a residual counts half. */
    private static final float GRAIN = 16;
    /** Working-size pixels per frame squared that lost structure stands for. */
    private static final float LOST = 25;

    /**
     * The verdict on one shot.
     *
     * @param frames positions in the file
     * @param cells defect to {@code [frame][cell]} of scores 0..1
     * @param raw raw measures by metric id
     */
    record Verdict(List<Integer> frames, Map<Defect, float[][]> cells, Map<String, Double> raw) {}

    private final CellMaps maps;
    private final Series series;
    private final int length;

    private ShotJudge(Shot shot) {
        maps = shot.maps;
        series = shot.series;
        // the last frame has no successor and so no motion
        length = Math.max(0, maps.length() - 1);
    }

    static Verdict judge(Shot shot) {
        ShotJudge judge = new ShotJudge(shot);
        Map<Defect, float[][]> cells = new EnumMap<>(Defect.class);
        for (Defect defect : Defect.values()) {
            cells.put(defect, new float[judge.maps.length()][judge.maps.cells()]);
        }
        if (judge.length < SHORTEST) {
            return new Verdict(judge.maps.frames, cells, new TreeMap<>());
        }
        judge.fill(cells, Defect.WARP, judge.warp());
        judge.fill(cells, Defect.MELT, judge.melt());
        judge.fill(cells, Defect.MORPH, judge.morph());
        judge.fill(cells, Defect.VANISH, judge.vanish(shot.gaps));
        judge.fill(cells, Defect.BOIL, judge.boil());
        judge.fill(cells, Defect.FLICKER, judge.whole(judge.flicker(), 1));
        judge.fill(cells, Defect.JERK, judge.whole(judge.jerk(), 0));
        return new Verdict(judge.maps.frames, cells, judge.measures());
    }

    private void fill(Map<Defect, float[][]> cells, Defect defect, float[][] raw) {
        Calibration calibration = Calibration.valueOf(defect.name());
        float[][] out = java.util.Objects.requireNonNull(cells.get(defect));
        for (int t = 0; t < raw.length; t++) {
            for (int c = 0; c < raw[t].length; c++) {
                out[t][c] = (float) calibration.score(raw[t][c]);
            }
        }
    }

    private float[][] of(Measure measure) {
        return Arrays.copyOf(maps.series(measure), length);
    }

    private float[][] near(Measure measure) {
        return Grids.smooth(of(measure), maps.across, maps.down, true);
    }

    private float[][] beside(Measure measure) {
        return Grids.smooth(of(measure), maps.across, maps.down, false);
    }

    /**
     * Change of motion along the track, more than is usual in that place and in that frame; or, where the flow cannot
     * follow, structure lost from one frame to the next, more than is usual in that place.
     */
    private float[][] warp() {
        float[][] change = Grids.mean9(beside(Measure.ACCR));
        float[][] bent = capped(
                Grids.map(Grids.overTime(change), Grids.overFrame(change), (inTime, inFrame) -> (inTime + inFrame) / 2),
                STRONGEST);
        float[][] lost = capped(Grids.overTime(Grids.mean9(beside(Measure.S1))), 0.985);
        return Grids.map(bent, lost, (b, l) -> Math.max(b, LOST * l));
    }

    /** Detail lost along the track over eight frames; less where fast motion would blur it anyway. */
    private float[][] melt() {
        float[][] loss = Grids.mean9(beside(Measure.SH8));
        float[][] speed = Grids.mean9(beside(Measure.FM));
        // where something passes in front, detail is hidden and not lost
        float[][] seen = Grids.mean9(beside(Measure.VALID));
        float[][] slow = Grids.map(loss, speed, (l, s) -> -l / (1 + 0.3f * s));
        return capped(Grids.map(slow, seen, (l, v) -> l * v * v * v * v), 0.98);
    }

    /** Differences that keep their direction while the middle lies between the ends. */
    private float[][] morph() {
        return Grids.map(
                near(Measure.RHO), near(Measure.MID), (rho, mid) -> Math.max(0, rho) * mid / (Math.abs(mid) + 2));
    }

    /** A lone peak of both the plain and the motion-compensated difference that the rest of the frame does not share. */
    private float[][] vanish(java.util.BitSet gaps) {
        float[][] residual = Grids.map(beside(Measure.SQ1), beside(Measure.SQ1), (a, b) -> (float) Math.sqrt(a));
        float[][] both = Grids.map(Grids.spike(residual, 2), Grids.spike(beside(Measure.MAD), 2), Math::min);
        float[][] peaks = Grids.overFrame(both);
        for (int t = 0; t < length; t++) {
            // across frames that were left out, a large step is no surprise
            if (gaps.get(t + 1)) {
                Arrays.fill(peaks[t], 0);
            }
        }
        return peaks;
    }

    /**
     * Successive residuals of opposite direction, more so than is usual in that place and in that frame. Small ones are
     * grain; rain, snow and sand last all the clip and so are usual in their place.
     */
    private float[][] boil() {
        float[][] turning = Grids.map(
                near(Measure.RHO), near(Measure.SQ1), (rho, square) -> Math.max(0, -rho) * square / (square + GRAIN));
        float[][] beyond = Grids.map(
                Grids.overFrame(turning), Grids.overTime(turning), (inFrame, inTime) -> (inFrame + inTime) / 2);
        return capped(Grids.mean9(beyond), STRONGEST);
    }

    /** Limits a map to its q-quantile, so that a score rests on more than a lone cell. */
    private static float[][] capped(float[][] map, double q) {
        float limit = (float) Grids.quantile(map, q);
        return Grids.map(map, map, (value, same) -> Math.min(value, limit));
    }

    private double[] flicker() {
        double[] whole = Series.alternation(series.mean());
        double[] value = new double[length];
        for (int t = 0; t < whole.length && t < length; t++) {
            value[t] = 3 * whole[t];
        }
        for (int i = 0; i < Series.FIELDS; i++) {
            double[] field = Series.alternation(series.field(i));
            for (int t = 0; t < field.length && t < length; t++) {
                value[t] = Math.max(value[t], field[t]);
            }
        }
        return highestMean(value, 6);
    }

    /** Frames out of order, or motion that turns back while the picture in between does not lie between. */
    private double[] jerk() {
        double[] order = highestMean(series.order(true), 4);
        float[][] turning = capped(
                Grids.map(Grids.mean9(beside(Measure.REV)), Grids.mean9(beside(Measure.MIDN)), (rev, mid) -> rev * mid),
                STRONGEST);
        double[] value = new double[length];
        for (int t = 0; t < length; t++) {
            float most = 0;
            for (float cell : turning[t]) {
                most = Math.max(most, cell);
            }
            value[t] = Math.max(t < order.length ? order[t] / 0.4 : 0, most / 0.22);
        }
        return value;
    }

    /** Limits each value to the mean of the {@code count} largest, so that one lone value does not make a score. */
    private static double[] highestMean(double[] values, int count) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int n = Math.min(count, sorted.length);
        for (int i = 0; i < n; i++) {
            sum += sorted[sorted.length - 1 - i];
        }
        double limit = sum / n;
        return Arrays.stream(values).map(value -> Math.min(value, limit)).toArray();
    }

    private float[][] whole(double[] values, int shift) {
        float[][] out = new float[length][maps.cells()];
        for (int t = 0; t < length; t++) {
            Arrays.fill(out[t], (float) values[Math.max(0, t - shift)]);
        }
        return out;
    }

    private Map<String, Double> measures() {
        Map<String, Double> raw = new TreeMap<>();
        double valid = Grids.mean(of(Measure.VALID));
        raw.put("warp_err", Grids.mean(of(Measure.SQV)) / Math.max(valid, 0.01) / (255 * 255));
        raw.put("occl_rate", 1 - valid);
        float[][] relative = Grids.map(near(Measure.ACCR), near(Measure.FR), (a, r) -> a / (r + 0.3f));
        raw.put("flow_accel", overFrames(relative, 0.98, 0.9));
        raw.put("melt_mcssim", Grids.mean(of(Measure.S1)));
        raw.put("melt_traj", 1 - overFrames(of(Measure.S8), 0.9, 0.5));
        raw.put("melt_sharp", Math.max(0, -Grids.quantile(near(Measure.SH8), 0.02)));
        raw.put("boil_diff", overFrames(of(Measure.D2), 0.98, 0.5));
        float[][] rho = near(Measure.RHO);
        raw.put("rho_high", Grids.quantile(rho, 1));
        raw.put("rho_low", Grids.quantile(rho, 0));
        raw.put("mid_peak", Grids.quantile(near(Measure.MID), 1));
        raw.put("texjump", Grids.quantile(Grids.overFrame(of(Measure.SH1)), 1));
        raw.put("flicker_luma", Series.mean(Series.alternation(series.mean())) / 255);
        double local = 0;
        for (int i = 0; i < Series.FIELDS; i++) {
            local = Math.max(local, Series.mean(Series.alternation(series.field(i))) / 255);
        }
        raw.put("flicker_local", local);
        double[] step = series.distance(1);
        raw.put(
                "jerk_order",
                Arrays.stream(highestMean(series.order(true), 4)).max().orElse(0));
        double bend = 0;
        for (int t = 1; t + 1 < step.length; t++) {
            bend += Math.abs(step[t + 1] - 2 * step[t] + step[t - 1]);
        }
        raw.put("jerk_tv2", bend / Math.max(1, step.length - 2) / (Series.mean(step) + 0.1));
        double squares = 0;
        double sum = 0;
        for (int t = 1; t < step.length; t++) {
            double d = step[t] - step[t - 1];
            sum += d;
            squares += d * d;
        }
        double n = Math.max(1, step.length - 1);
        raw.put("d3_lite", StrictMath.sqrt(Math.max(0, squares / n - sum * sum / n / n)));
        raw.put("motion", overFrames(of(Measure.FM), 0.95, 0.5) / LumaScaler.SHORT_SIDE);
        return raw;
    }

    /** A quantile over the frames of a quantile over the cells of each. */
    private static double overFrames(float[][] map, double cells, double frames) {
        double[] values = new double[map.length];
        for (int t = 0; t < map.length; t++) {
            values[t] = Grids.quantile(new float[][] {map[t]}, cells);
        }
        return Series.quantile(values, frames);
    }
}
