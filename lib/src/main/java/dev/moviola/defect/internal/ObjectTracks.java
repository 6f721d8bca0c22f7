package dev.moviola.defect.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Follows what moves against the global motion of one shot. An object is found once by its residual flow and then
 * followed by the flow under it, so that it is not lost when it comes to rest.
 */
final class ObjectTracks {
    private static final int LEAST_AREA = 40;
    private static final int MOST_TRACKS = 24;
    private static final int POINTS = 40;

    /** One object; all lengths in pixels of the flow grid. */
    static final class Track {
        /** Position in the picture, one for each frame. */
        final DoubleList x = new DoubleList();

        final DoubleList y = new DoubleList();
        /** Movement against the global motion from each frame to the next. */
        final DoubleList u = new DoubleList();

        final DoubleList v = new DoubleList();
        final DoubleList seconds = new DoubleList();
        /** How badly the rest of the picture follows one global motion, summed over the steps. */
        double unrest;

        final double radius;
        /** Whether it was lost from one frame to the next in the middle of the picture. */
        boolean vanished;

        private float[] px;
        private float[] py;

        Track(double radius, float[] px, float[] py) {
            this.radius = radius;
            this.px = px;
            this.py = py;
        }

        int steps() {
            return u.size();
        }

        double lastX() {
            return x.get(x.size() - 1);
        }

        double lastY() {
            return y.get(y.size() - 1);
        }
    }

    final int width;
    final int height;
    final double fps;
    final List<Track> finished = new ArrayList<>();
    private final List<Track> live = new ArrayList<>();
    private final int[] labels;
    private final int[] stack;

    ObjectTracks(int width, int height, double fps) {
        this.width = width;
        this.height = height;
        this.fps = fps;
        labels = new int[width * height];
        stack = new int[width * height];
    }

    void step(Plane from, Plane to, Motion motion) {
        for (Track track : List.copyOf(live)) {
            if (!follow(track, to, motion)) {
                live.remove(track);
                finished.add(track);
            }
        }
        if (live.size() < MOST_TRACKS) {
            detect(from, motion);
        }
    }

    void finish() {
        finished.addAll(live);
        live.clear();
    }

    private boolean follow(Track track, Plane to, Motion motion) {
        int n = track.px.length;
        float[] us = new float[n];
        float[] vs = new float[n];
        int good = 0;
        int inside = 0;
        for (int i = 0; i < n; i++) {
            int ix = (int) (track.px[i] + 0.5f);
            int iy = (int) (track.py[i] + 0.5f);
            if (ix < 1 || iy < 1 || ix > width - 2 || iy > height - 2) {
                continue;
            }
            inside++;
            int p = iy * width + ix;
            if (motion.error[p] < 2.5f) {
                us[good] = motion.forward.u[p];
                vs[good++] = motion.forward.v[p];
            }
        }
        double margin = 2 + track.radius * 0.5;
        boolean central = track.lastX() > margin
                && track.lastY() > margin
                && track.lastX() < width - margin
                && track.lastY() < height - margin;
        if (good < Math.max(4, n / 5)) {
            track.vanished = central && inside > n * 3 / 4;
            return false;
        }
        float mu = median(us, good);
        float mv = median(vs, good);
        float bound = Math.max(0.75f, 0.35f * (Math.abs(mu) + Math.abs(mv)));
        float[] nx = new float[n];
        float[] ny = new float[n];
        int kept = 0;
        for (int i = 0; i < n; i++) {
            int ix = (int) (track.px[i] + 0.5f);
            int iy = (int) (track.py[i] + 0.5f);
            if (ix < 1 || iy < 1 || ix > width - 2 || iy > height - 2) {
                continue;
            }
            int p = iy * width + ix;
            float du = motion.forward.u[p];
            float dv = motion.forward.v[p];
            boolean own = Math.abs(du - mu) + Math.abs(dv - mv) <= bound;
            // a point that strayed onto other ground goes with the rest, so that an object keeps its extent
            nx[kept] = track.px[i] + (own ? du : mu);
            ny[kept++] = track.py[i] + (own ? dv : mv);
        }
        if (leftBehind(track, motion, mu, mv)) {
            return false;
        }
        track.px = Arrays.copyOf(nx, kept);
        track.py = Arrays.copyOf(ny, kept);
        double cx = track.lastX() - width * 0.5;
        double cy = track.lastY() - height * 0.5;
        double[] g = motion.global;
        track.u.add(mu - (g[0] + g[1] * cx + g[2] * cy));
        track.v.add(mv - (g[3] + g[4] * cx + g[5] * cy));
        track.x.add(median(track.px, kept));
        track.y.add(median(track.py, kept));
        track.seconds.add(to.seconds);
        track.unrest += motion.spread;
        return true;
    }

    /** Whether the points came to rest while the object goes on as before right beside them. */
    private boolean leftBehind(Track track, Motion motion, float mu, float mv) {
        if (track.steps() == 0) {
            return false;
        }
        double[] g = motion.global;
        double cx = track.lastX() - width * 0.5;
        double cy = track.lastY() - height * 0.5;
        double u = mu - (g[0] + g[1] * cx + g[2] * cy);
        double v = mv - (g[3] + g[4] * cx + g[5] * cy);
        double bu = 0;
        double bv = 0;
        int back = Math.min(4, track.steps());
        for (int i = track.steps() - back; i < track.steps(); i++) {
            double tu = track.u.get(i);
            double tv = track.v.get(i);
            // the fastest of the last steps, since a track may be left behind little by little
            if (tu * tu + tv * tv > bu * bu + bv * bv) {
                bu = tu;
                bv = tv;
            }
        }
        double before = bu * bu + bv * bv;
        if (before < 0.36 || u * u + v * v > 0.3 * before) {
            return false;
        }
        int reach = (int) (2.5 * track.radius + 2 * StrictMath.sqrt(before)) + 2;
        int x0 = Math.max(0, (int) track.lastX() - reach);
        int x1 = Math.min(width - 1, (int) track.lastX() + reach);
        int y0 = Math.max(0, (int) track.lastY() - reach);
        int y1 = Math.min(height - 1, (int) track.lastY() + reach);
        int alike = 0;
        for (int y = y0; y <= y1; y++) {
            for (int x = x0; x <= x1; x++) {
                double du = motion.residual.u[y * width + x] - bu;
                double dv = motion.residual.v[y * width + x] - bv;
                if (du * du + dv * dv < 0.2 * before) {
                    alike++;
                }
            }
        }
        return alike > 0.15 * StrictMath.PI * track.radius * track.radius;
    }

    private void detect(Plane from, Motion motion) {
        Field r = motion.residual;
        Arrays.fill(labels, 0);
        for (int i = 0; i < labels.length; i++) {
            float size = r.u[i] * r.u[i] + r.v[i] * r.v[i];
            labels[i] = size > 0.25f && motion.valid[i] > 0 ? -1 : 0;
        }
        for (int seed = 0; seed < labels.length; seed++) {
            if (labels[seed] == -1) {
                int area = flood(seed);
                if (area >= LEAST_AREA && area < labels.length / 5 && live.size() < MOST_TRACKS) {
                    open(from, motion, area);
                }
            }
        }
    }

    /** Collects the connected pixels whose motion resembles that of their neighbour, in {@code stack}. */
    private int flood(int seed) {
        int count = 0;
        stack[count++] = seed;
        labels[seed] = 1;
        for (int k = 0; k < count; k++) {
            int p = stack[k];
            int x = p % width;
            if (x > 0 && labels[p - 1] == -1) {
                labels[p - 1] = 1;
                stack[count++] = p - 1;
            }
            if (x < width - 1 && labels[p + 1] == -1) {
                labels[p + 1] = 1;
                stack[count++] = p + 1;
            }
            if (p >= width && labels[p - width] == -1) {
                labels[p - width] = 1;
                stack[count++] = p - width;
            }
            if (p + width < labels.length && labels[p + width] == -1) {
                labels[p + width] = 1;
                stack[count++] = p + width;
            }
        }
        return count;
    }

    private void open(Plane from, Motion motion, int area) {
        double sx = 0;
        double sy = 0;
        double su = 0;
        double sv = 0;
        double sq = 0;
        for (int k = 0; k < area; k++) {
            int p = stack[k];
            sx += p % width;
            sy += p / width;
            su += motion.residual.u[p];
            sv += motion.residual.v[p];
            sq += motion.residual.u[p] * motion.residual.u[p] + motion.residual.v[p] * motion.residual.v[p];
        }
        double x = sx / area;
        double y = sy / area;
        // pixels that move in all directions are no object
        if (su * su + sv * sv < 0.5 * sq * area) {
            return;
        }
        double radius = StrictMath.sqrt(area / StrictMath.PI);
        for (Track track : live) {
            double dx = track.lastX() - x;
            double dy = track.lastY() - y;
            double near = track.radius + radius;
            if (dx * dx + dy * dy < near * near) {
                return;
            }
        }
        int count = Math.min(POINTS, area);
        float[] px = new float[count];
        float[] py = new float[count];
        for (int k = 0; k < count; k++) {
            int p = stack[(int) ((long) k * area / count)];
            px[k] = p % width;
            py[k] = p / width;
        }
        Track track = new Track(radius, px, py);
        track.x.add(x);
        track.y.add(y);
        track.seconds.add(from.seconds);
        live.add(track);
    }

    private static float median(float[] values, int count) {
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
