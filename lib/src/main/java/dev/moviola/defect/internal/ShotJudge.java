package dev.moviola.defect.internal;

import dev.moviola.defect.Defect;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns the cell maps and series of one shot into scores of each defect per frame and cell.
 *
 * <p>A shot is judged in stretches of about {@link #STRETCH} frames, each against what is usual within itself, so that a
 * long shot is judged like several short ones.
 */
final class ShotJudge {
    /** Length of the pieces that the constants of {@link DefectPools} were set on is 36 to 48 frames. */
    static final int STRETCH = 48;

    private static final int SHORTEST = 6;
    /** Frames over which a mean of nine spreads what one frame shows, either way. */
    private static final int SPILL = 4;
    /** Frames that the longest measure along the motion looks ahead, and what a mean of nine adds. */
    private static final int LONGEST_TRACK = 8 + SPILL;
    /** Share of a neighbourhood that turns fast from which on all that is seen there comes from it. */
    private static final float WHOLLY = 0.1f;
    /** What the turning adds to the signs of a warp, units of clean clips. */
    private static final float TURNING = 2.5f;
    /** More frames left out than any usual cadence has. */
    private static final int STOOD_STILL = 4;
    /** Defects whose signs flickering light, frozen frames and uneven time leave as well. */
    private static final List<Defect> SHADOWED = List.of(Defect.WARP, Defect.MELT, Defect.BOIL);

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
    /** How much of what is seen in each frame and cell comes from something that turns fast, 0..1. */
    private final float[][] turned;

    private final Map<Defect, float[][]> cells = new EnumMap<>(Defect.class);

    private ShotJudge(CellMaps maps, Series series) {
        this.maps = maps;
        this.series = series;
        // the last frame has no successor and so no motion
        length = Math.max(0, maps.length() - 1);
        for (Defect defect : Defect.values()) {
            cells.put(defect, new float[maps.length()][maps.cells()]);
        }
        turned = turned();
    }

    /** {@code gaps} says for each frame whether frames were left out just before it. */
    static Verdict judge(CellMaps maps, Series series, java.util.BitSet gaps) {
        ShotJudge judge = new ShotJudge(maps, series);
        if (judge.length < SHORTEST) {
            return new Verdict(maps.frames, judge.cells, new TreeMap<>());
        }
        judge.fill(Defect.VANISH, 0, judge.vanish(gaps));
        double[] flicker = judge.flicker();
        float[][] clear = judge.unexplained();
        double[] order = judge.series.order(true);
        int pieces = pieces(judge.length);
        for (int k = 0; k < pieces; k++) {
            int from = judge.length * k / pieces;
            judge.stretch(from, judge.length * (k + 1) / pieces - from, flicker, order);
        }
        judge.weigh(Defect.MELT, Grids.map(judge.turned, share -> 1 - share));
        judge.credit(Defect.MORPH, Defect.VANISH, cause -> 1 - cause);
        judge.credit(Defect.VANISH, Defect.MELT, cause -> 1 - cause * cause);
        float[][] besides = judge.besidesJerk();
        for (Defect defect : SHADOWED) {
            judge.weigh(defect, clear);
            judge.weigh(defect, besides);
        }
        return new Verdict(maps.frames, judge.cells, RawMeasures.of(maps, series, judge.length));
    }

    /** Into how many stretches this many frames are divided. */
    static int pieces(int frames) {
        return Math.max(1, (int) Math.round((double) frames / STRETCH));
    }

    private void stretch(int from, int count, double[] flicker, double[] order) {
        DefectPools pools = new DefectPools(maps, from, count);
        float[][] turned = Arrays.copyOfRange(this.turned, from, from + count);
        fill(Defect.WARP, from, Grids.map(pools.warp(), turned, (sum, share) -> sum - TURNING * share));
        fill(Defect.MELT, from, pools.melt());
        fill(Defect.MORPH, from, pools.morph());
        fill(Defect.BOIL, from, pools.boil());
        fill(Defect.FLICKER, from, whole(Series.limited(slice(flicker, from - 1, count), 6)));
        double[] jumbled = Series.limited(slice(order, from, count), 4);
        double[] turning = pools.turning();
        double[] jerk = new double[count];
        for (int t = 0; t < count; t++) {
            jerk[t] = Math.max(jumbled[t] / 0.4, turning[t] / 0.2);
        }
        fill(Defect.JERK, from, whole(jerk));
    }

    /**
     * What of the signs of lost, redrawn or torn texture counts, 0..1, for each frame and cell: little where light that
     * flickers makes them, and nothing where the motion leads across frames that stood still, as over that time
     * everything has moved on.
     */
    private float[][] unexplained() {
        float[][] clear = new float[length][maps.cells()];
        for (int t = 0; t < length; t++) {
            Arrays.fill(clear[t], 1);
        }
        for (int i = 0; i < Series.FIELDS; i++) {
            double[] field = Series.alternation(series.field(i));
            for (int t = 0; t < length; t++) {
                double most = 0;
                for (int k = Math.max(0, t - 1 - SPILL); k < Math.min(field.length, t + SPILL); k++) {
                    most = Math.max(most, field[k]);
                }
                darken(clear[t], i, (float) (1 - Calibration.FLICKER.score(most)));
            }
        }
        for (int t = 1; t < length; t++) {
            if (maps.frames.get(t) - maps.frames.get(t - 1) > STOOD_STILL) {
                for (int k = Math.max(0, t - LONGEST_TRACK); k < Math.min(length, t + SPILL); k++) {
                    Arrays.fill(clear[k], 0);
                }
            }
        }
        return clear;
    }

    /**
     * Where something turns fast: each frame shows another side of its rim, and what is behind it comes and goes. That
     * is felt as far ahead as tracks reach.
     */
    private float[][] turned() {
        float[][] near = beside(Measure.TURNED);
        float[][] out = new float[length][maps.cells()];
        for (int t = 0; t < length; t++) {
            for (int k = Math.max(0, t - SPILL); k < Math.min(length, t + LONGEST_TRACK); k++) {
                for (int c = 0; c < out[t].length; c++) {
                    out[t][c] = Math.max(out[t][c], Math.min(1, near[k][c] / WHOLLY));
                }
            }
        }
        return out;
    }

    /**
     * Counts what looks like another defect near a defect as a sign of the latter: what turns into another thing is gone
     * in the end, and with what is gone its detail is lost.
     *
     * @param left share of the other defect that stays, by the score of the cause
     */
    private void credit(Defect defect, Defect looksLike, Grids.Single left) {
        float[][] causes = java.util.Objects.requireNonNull(cells.get(defect));
        float[][] signs = java.util.Objects.requireNonNull(cells.get(looksLike));
        float[] strongestCause = peaks(causes);
        float[] strongestSign = peaks(signs);
        for (int t = 0; t < length; t++) {
            float cause = 0;
            float sign = 0;
            for (int k = Math.max(0, t - LONGEST_TRACK); k <= Math.min(length - 1, t + LONGEST_TRACK); k++) {
                cause = Math.max(cause, strongestCause[k]);
                sign = Math.max(sign, strongestSign[k]);
            }
            float stays = left.apply(cause);
            for (int c = 0; c < causes[t].length; c++) {
                causes[t][c] *= 1 + (1 - causes[t][c]) * sign;
                signs[t][c] *= stays;
            }
        }
    }

    private static float[] peaks(float[][] cells) {
        float[] peaks = new float[cells.length];
        for (int t = 0; t < cells.length; t++) {
            for (float value : cells[t]) {
                peaks[t] = Math.max(peaks[t], value);
            }
        }
        return peaks;
    }

    /** What time that runs unevenly leaves to be explained: 1 minus the highest score near each frame. */
    private float[][] besidesJerk() {
        float[][] jerk = java.util.Objects.requireNonNull(cells.get(Defect.JERK));
        float[][] left = new float[length][maps.cells()];
        for (int t = 0; t < length; t++) {
            float most = 0;
            for (int k = Math.max(0, t - SPILL); k <= Math.min(length - 1, t + SPILL); k++) {
                most = Math.max(most, jerk[k][0]);
            }
            Arrays.fill(left[t], 1 - most);
        }
        return left;
    }

    /** Lowers the cells of a field and of the fields around it to at most {@code share}. */
    private void darken(float[] cells, int field, float share) {
        for (int c = 0; c < cells.length; c++) {
            int fx = c % maps.across * 4 / maps.across;
            int fy = c / maps.across * 3 / maps.down;
            if (Math.abs(fx - field % 4) <= 1 && Math.abs(fy - field / 4) <= 1) {
                cells[c] = Math.min(cells[c], share);
            }
        }
    }

    private void weigh(Defect defect, float[][] weights) {
        float[][] scores = java.util.Objects.requireNonNull(cells.get(defect));
        for (int t = 0; t < weights.length; t++) {
            for (int c = 0; c < weights[t].length; c++) {
                scores[t][c] *= weights[t][c];
            }
        }
    }

    private void fill(Defect defect, int from, float[][] raw) {
        Calibration calibration = Calibration.valueOf(defect.name());
        float[][] out = java.util.Objects.requireNonNull(cells.get(defect));
        for (int t = 0; t < raw.length; t++) {
            for (int c = 0; c < raw[t].length; c++) {
                out[from + t][c] = (float) calibration.score(raw[t][c]);
            }
        }
    }

    /**
     * The mean of three signs, more than in the rest of the frame: lone peaks of lost structure and of pixels without a
     * match, and detail that is another before and after.
     */
    private float[][] vanish(java.util.BitSet gaps) {
        float[][] broken = Grids.spike(beside(Measure.S1), 0.05f);
        float[][] unmatched = Grids.spike(Grids.map(beside(Measure.VALID), v -> 1 - v), 0.1f);
        float[][] step = Grids.step(beside(Measure.LAP));
        float[][] signs = Grids.map(Grids.map(broken, unmatched, Float::sum), step, (a, b) -> (a + b) / 3);
        float[][] peaks = Grids.overFrame(signs);
        for (int t = 0; t < length; t++) {
            // across frames that were left out, a large step is no surprise
            if (gaps.get(t + 1)) {
                Arrays.fill(peaks[t], 0);
            }
        }
        return peaks;
    }

    private float[][] beside(Measure measure) {
        return Grids.smooth(Arrays.copyOf(maps.series(measure), length), maps.across, maps.down, false);
    }

    /** Alternation of the brightness of the whole frame, three times as bad, or of one of its fields. */
    private double[] flicker() {
        double[] worst = Series.alternation(series.mean());
        for (int t = 0; t < worst.length; t++) {
            worst[t] *= 3;
        }
        for (int i = 0; i < Series.FIELDS; i++) {
            double[] field = Series.alternation(series.field(i));
            for (int t = 0; t < worst.length; t++) {
                worst[t] = Math.max(worst[t], field[t]);
            }
        }
        return worst;
    }

    /** Values from this position on, the first or 0 where there are none. */
    private static double[] slice(double[] values, int from, int count) {
        double[] out = new double[count];
        for (int t = 0; t < count; t++) {
            int i = Math.max(0, from + t);
            out[t] = i < values.length ? values[i] : 0;
        }
        return out;
    }

    private float[][] whole(double[] values) {
        float[][] out = new float[values.length][maps.cells()];
        for (int t = 0; t < values.length; t++) {
            Arrays.fill(out[t], (float) values[t]);
        }
        return out;
    }
}
