package dev.moviola.defect.internal;

import dev.moviola.MoviolaException;
import dev.moviola.video.Frame;
import java.util.ArrayDeque;
import java.util.Arrays;

/** The engine in plain Java: holds the buffers and says which measure is taken of which planes. */
final class PlainEngine implements MapEngine {
    /** Measures over 4 and over 8 frames along the track. */
    private static final Measure[] LONG = {
        Measure.MID, Measure.MIDN, Measure.S4, Measure.SH4, Measure.S8, Measure.SH8, Measure.DL8
    };
    /** How many of {@link #LONG} need 4 frames only. */
    private static final int OVER_FOUR = 4;
    /** Grey levels by which a pixel stands out from both its neighbours in time. */
    private static final float CLEARLY = 6;

    private final LumaScaler scaler;
    private final int w;
    private final int h;
    private final CellGrid grid;
    private final PatchFlow flow;
    private final RigidParts rigid;
    private final HalfGridMeasures half;
    private final Warper warper;
    private final CellSums sums;
    private final Structure structure;
    private final Detail detail;
    private final float[] raw;
    private final float[] square;
    private final float[] warped;
    private final float[] warpedBack;
    private final float[] warped4;
    private final float[] columns;
    private final Field eight;
    private final ArrayDeque<Plane> planes = new ArrayDeque<>();
    private final ArrayDeque<Motion> motions = new ArrayDeque<>();
    private float[][] lastLong = new float[0][];

    PlainEngine(Frame first) {
        scaler = new LumaScaler(first.width(), first.height());
        w = scaler.width;
        h = scaler.height;
        grid = new CellGrid(w, h);
        flow = new PatchFlow(w / 2, h / 2);
        rigid = new RigidParts(w / 2, h / 2);
        half = new HalfGridMeasures(grid, w / 2, h / 2);
        warper = new Warper(w, h);
        sums = new CellSums(grid);
        structure = new Structure(grid);
        detail = new Detail(grid);
        raw = new float[w * h];
        square = new float[w * h];
        warped = new float[w * h];
        warpedBack = new float[w * h];
        warped4 = new float[w * h];
        columns = new float[w];
        eight = new Field(w / 2, h / 2);
    }

    @Override
    public CellGrid grid() {
        return grid;
    }

    @Override
    public Plane plane(Frame frame) {
        if (!scaler.fits(frame)) {
            throw new MoviolaException("all frames of a clip must have one size, but frame " + frame.index() + " is "
                    + frame.width() + "x" + frame.height());
        }
        Plane plane = planes.poll();
        if (plane == null) {
            plane = new Plane(w, h, flow.pyramid(new float[(w / 2) * (h / 2)]));
        }
        plane.index = frame.index();
        plane.seconds = frame.seconds();
        scaler.scale(frame, raw);
        PatchFlow.halve(raw, w, plane.pyramid[0], w / 2, h / 2);
        flow.fill(plane.pyramid);
        binomial(raw, plane.luma);
        detail.energy(plane);
        small(plane);
        return plane;
    }

    @Override
    public Motion motion(Plane from, Plane to) {
        Motion motion = motions.poll();
        if (motion == null) {
            motion = new Motion(w / 2, h / 2);
        }
        flow.compute(from.pyramid, to.pyramid, motion.forward);
        flow.compute(to.pyramid, from.pyramid, motion.backward);
        rigid.mend(from.pyramid, to.pyramid, motion);
        GlobalMotion.check(motion);
        GlobalMotion.fit(motion);
        return motion;
    }

    @Override
    public double difference(Plane a, Plane b) {
        double total = 0;
        float[] sums = columns;
        Arrays.fill(sums, 0);
        for (int y = 0; y < h; y++) {
            int row = y * w;
            for (int x = 0; x < w; x++) {
                sums[x] += Math.abs(a.luma[row + x] - b.luma[row + x]);
            }
        }
        for (float sum : sums) {
            total += sum;
        }
        return total / (w * h);
    }

    @Override
    public double standingOut(Plane before, Plane now, Plane after) {
        float[] sums = columns;
        Arrays.fill(sums, 0);
        for (int y = 0; y < h; y++) {
            int row = y * w;
            for (int x = 0; x < w; x++) {
                float value = now.luma[row + x];
                float a = before.luma[row + x];
                float b = after.luma[row + x];
                sums[x] += (value > Math.max(a, b) + CLEARLY ? 1 : 0) - (value < Math.min(a, b) - CLEARLY ? 1 : 0);
            }
        }
        double total = 0;
        for (float sum : sums) {
            total += sum;
        }
        return total / (w * h);
    }

    @Override
    public void clear(Plane before, Plane now, Plane after) {
        clear(before.luma, now.luma, after.luma);
        clear(before.pyramid[0], now.pyramid[0], after.pyramid[0]);
        flow.fill(now.pyramid);
        detail.energy(now);
    }

    private static void clear(float[] before, float[] now, float[] after) {
        for (int i = 0; i < now.length; i++) {
            now[i] = Math.min(now[i], Math.max(before[i], after[i]));
        }
    }

    @Override
    public double dissimilarity(Plane from, Plane to, Motion motion) {
        warper.warp(to.luma, motion.forward, warped);
        float[] cells = new float[grid.cells()];
        structure.loss(from.luma, warped, cells);
        Arrays.sort(cells);
        return cells[cells.length / 2];
    }

    @Override
    public void giveBack(Plane plane) {
        planes.add(plane);
    }

    @Override
    public void giveBack(Motion motion) {
        motions.add(motion);
    }

    @Override
    public float[][] measures(Window window, int t) {
        float[][] out = new float[Measure.COUNT][grid.cells()];
        int last = window.size() - 1;
        Plane now = window.plane(t);
        if (t < last) {
            Motion motion = window.motion(t);
            warper.warp(window.plane(t + 1).luma, motion.forward, warped);
            Plane before = window.plane(Math.max(0, t - 1));
            if (t > 0) {
                warper.warp(before.luma, window.motion(t - 1).backward, warpedBack);
            } else {
                System.arraycopy(now.luma, 0, warpedBack, 0, w * h);
            }
            Plane second = window.plane(Math.min(last, t + 2));
            sums.pair(
                    now.luma,
                    before.luma,
                    window.plane(t + 1).luma,
                    second.luma,
                    warped,
                    warpedBack,
                    motion.valid,
                    out);
            structure.loss(now.luma, warped, out[Measure.S1.ordinal()]);
            half.motion(motion, t + 1 < last ? window.motion(t + 1) : null, out);
            detail.change(now, window.plane(t + 1), motion.forward, out[Measure.SH1.ordinal()]);
        }
        detail.level(now, out[Measure.LAP.ordinal()]);
        longRange(window, t, out);
        return out;
    }

    /** Measures over 4 and 8 frames: at even t where the shot goes on for so long, elsewhere the last ones. */
    private void longRange(Window window, int t, float[][] out) {
        if (t == 0) {
            lastLong = new float[LONG.length][grid.cells()];
        }
        int last = window.size() - 1;
        int fresh = 0;
        if (t % 2 == 0 && t + 4 <= last) {
            Plane now = window.plane(t);
            Field four = window.four(t);
            warper.warp(window.plane(t + 4).luma, four, warped4);
            warper.warp(window.plane(t + 2).luma, window.two(t), warped);
            sums.middle(now.luma, warped, warped4, out);
            structure.loss(now.luma, warped4, out[Measure.S4.ordinal()]);
            detail.change(now, window.plane(t + 4), four, out[Measure.SH4.ordinal()]);
            fresh = OVER_FOUR;
            if (t + 8 <= last) {
                Field.chain(four, window.four(t + 4), eight);
                warper.warp(window.plane(t + 8).luma, eight, warped4);
                structure.loss(now.luma, warped4, out[Measure.S8.ordinal()]);
                detail.change(now, window.plane(t + 8), eight, out[Measure.SH8.ordinal()]);
                sums.change(now.luma, warped4, out[Measure.DL8.ordinal()]);
                fresh = LONG.length;
            }
        }
        for (int k = 0; k < LONG.length; k++) {
            if (k < fresh) {
                lastLong[k] = out[LONG[k].ordinal()];
            } else {
                out[LONG[k].ordinal()] = lastLong[k].clone();
            }
        }
    }

    private void binomial(float[] source, float[] out) {
        float[] rows = square;
        for (int y = 0; y < h; y++) {
            int up = Math.max(0, y - 1) * w;
            int at = y * w;
            int below = Math.min(h - 1, y + 1) * w;
            for (int x = 0; x < w; x++) {
                rows[at + x] = 0.25f * (source[up + x] + source[below + x]) + 0.5f * source[at + x];
            }
        }
        for (int y = 0; y < h; y++) {
            int at = y * w;
            out[at] = 0.75f * rows[at] + 0.25f * rows[at + 1];
            out[at + w - 1] = 0.75f * rows[at + w - 1] + 0.25f * rows[at + w - 2];
            for (int x = 1; x < w - 1; x++) {
                out[at + x] = 0.25f * (rows[at + x - 1] + rows[at + x + 1]) + 0.5f * rows[at + x];
            }
        }
    }

    private void small(Plane plane) {
        int sw = plane.smallWidth;
        int sh = plane.small.length / sw;
        float[] quarter = plane.pyramid.length > 2 ? plane.pyramid[2] : raw;
        double total = 0;
        int stride = plane.pyramid.length > 2 ? (w / 2) >> 2 : w;
        int skip = plane.pyramid.length > 2 ? 1 : 8;
        for (int y = 0; y < sh; y++) {
            for (int x = 0; x < sw; x++) {
                float value = quarter[y * skip * stride + x * skip];
                plane.small[y * sw + x] = value;
                total += value;
            }
        }
        float mean = (float) (total / plane.small.length);
        for (int i = 0; i < plane.small.length; i++) {
            plane.small[i] -= mean;
        }
        plane.mean = mean;
        Arrays.fill(plane.histogram, 0);
        float[] finest = plane.pyramid[0];
        for (float value : finest) {
            plane.histogram[Math.min(Plane.BINS - 1, (int) (value * (Plane.BINS / 256f)))]++;
        }
    }
}
