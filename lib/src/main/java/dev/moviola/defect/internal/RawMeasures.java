package dev.moviola.defect.internal;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The raw measures of one shot, named and described in {@link dev.moviola.defect.Metrics}. */
final class RawMeasures {
    private final CellMaps maps;
    private final Series series;
    private final int length;

    private RawMeasures(CellMaps maps, Series series, int length) {
        this.maps = maps;
        this.series = series;
        this.length = length;
    }

    /** Over the first {@code length} frames, all of which must have a successor. */
    static Map<String, Double> of(CellMaps maps, Series series, int length) {
        RawMeasures measures = new RawMeasures(maps, series, length);
        Map<String, Double> raw = new TreeMap<>();
        measures.cells(raw);
        measures.frames(raw);
        return raw;
    }

    private float[][] of(Measure measure) {
        return Arrays.copyOf(maps.series(measure), length);
    }

    private float[][] near(Measure measure) {
        return Grids.smooth(of(measure), maps.across, maps.down, true);
    }

    private void cells(Map<String, Double> raw) {
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
        raw.put("motion", overFrames(of(Measure.FM), 0.95, 0.5) / maps.shortSide);
    }

    private void frames(Map<String, Double> raw) {
        raw.put("flicker_luma", Series.mean(Series.alternation(series.mean())) / 255);
        double local = 0;
        for (int i = 0; i < Series.FIELDS; i++) {
            local = Math.max(local, Series.mean(Series.alternation(series.field(i))) / 255);
        }
        raw.put("flicker_local", local);
        double[] order = Series.limited(series.order(true), 4);
        raw.put("jerk_order", Arrays.stream(order).max().orElse(0));
        double[] step = series.distance(1);
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
