package dev.moviola.defect.internal;

import java.util.Arrays;

/**
 * The pixels of one moving object on the flow grid, carried along by the motion that most of them share and drawn anew
 * from the flow whenever the object moves clearly against the camera. At rest the last outline stays.
 */
final class Silhouette {
    private static final float MATCHED = 2.5f;
    private static final float CLEAR = 0.7f;
    private static final int MOST_COASTING = 3;
    /** Share of an object that turns fast, beyond which the motion that its pixels share says little. */
    private static final double TURNING = 0.2;
    /** Steps after which a turn no longer explains that an object is lost. */
    private static final int LONG_TURN = 12;

    final Track track;
    private final int width;
    private final int height;
    /** Offsets of the pixels from the centre, in whole pixels. */
    private int[] dx;

    private int[] dy;
    private int usualArea;
    private double cx;
    private double cy;
    private int coasting;

    Silhouette(Track track, int width, int height, int[] pixels, int count, double seconds) {
        this.track = track;
        this.width = width;
        this.height = height;
        dx = new int[0];
        dy = new int[0];
        double sx = 0;
        double sy = 0;
        for (int k = 0; k < count; k++) {
            sx += pixels[k] % width;
            sy += pixels[k] / width;
        }
        cx = sx / count;
        cy = sy / count;
        outline(pixels, count);
        usualArea = count;
        record(seconds);
    }

    int area() {
        return dx.length;
    }

    /** Marks the pixels of the object and those around them with this number. */
    void paint(int[] owner, int number) {
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        for (int k = 0; k < dx.length; k++) {
            for (int j = -2; j <= 2; j += 2) {
                for (int i = -2; i <= 2; i += 2) {
                    int x = bx + dx[k] + i;
                    int y = by + dy[k] + j;
                    if (x >= 0 && y >= 0 && x < width && y < height) {
                        owner[y * width + x] = number;
                    }
                }
            }
        }
    }

    /** Share of this object's pixels that lie on those of another one, after {@link #paint}. */
    double share(int[] owner, int number) {
        int on = 0;
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        for (int k = 0; k < dx.length; k++) {
            int x = bx + dx[k];
            int y = by + dy[k];
            on += x >= 0 && y >= 0 && x < width && y < height && owner[y * width + x] == number ? 1 : 0;
        }
        return (double) on / Math.max(1, dx.length);
    }

    /** Carries the object into the next frame. False when it is lost. */
    boolean follow(Motion motion, double seconds, Scratch scratch) {
        double pu = recent(track.u);
        double pv = recent(track.v);
        int seen = gather(motion, scratch);
        int inside = scratch.inside;
        if (inside < dx.length / 4) {
            return false;
        }
        boolean turning = scratch.turned > TURNING * inside;
        track.straight = turning ? 0 : track.straight + 1;
        double predicted = pu * pu + pv * pv;
        double mu = 0;
        double mv = 0;
        double share = 0;
        if (seen >= Math.max(6, inside / 5)) {
            double[] shared = mode(scratch, seen, pu, pv, predicted);
            mu = shared[0];
            mv = shared[1];
            share = shared[2];
            if (predicted > CLEAR * CLEAR && mu * mu + mv * mv < 0.3 * predicted) {
                double[] ahead = goesOn(motion, scratch, pu, pv);
                if (ahead[2] > 0.4 * usualArea) {
                    mu = ahead[0];
                    mv = ahead[1];
                    share = 0.5;
                }
            }
        }
        if (share < 0.2) {
            if (++coasting > MOST_COASTING) {
                track.vanished = central() && inside > dx.length * 3 / 4 && track.straight > LONG_TURN;
                return false;
            }
            mu = pu;
            mv = pv;
            share = 0;
        } else {
            coasting = 0;
        }
        if (share > 0 && mu * mu + mv * mv > CLEAR * CLEAR) {
            redraw(motion, scratch, (float) mu, (float) mv);
        }
        double[] g = motion.global;
        double gx = cx - width * 0.5;
        double gy = cy - height * 0.5;
        cx += mu + g[0] + g[1] * gx + g[2] * gy;
        cy += mv + g[3] + g[4] * gx + g[5] * gy;
        track.moved(mu, mv, turning ? 0 : share);
        track.unrest += motion.spread;
        record(seconds);
        return true;
    }

    /** Room for the work on one object at a time. */
    static final class Scratch {
        final float[] u;
        final float[] v;
        final int[] stack;
        final byte[] state;
        int inside;
        int turned;

        Scratch(int pixels) {
            u = new float[pixels];
            v = new float[pixels];
            stack = new int[pixels];
            state = new byte[pixels];
        }
    }

    private int gather(Motion motion, Scratch scratch) {
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        int seen = 0;
        scratch.inside = 0;
        scratch.turned = 0;
        for (int k = 0; k < dx.length; k++) {
            int x = bx + dx[k];
            int y = by + dy[k];
            if (x < 1 || y < 1 || x > width - 2 || y > height - 2) {
                continue;
            }
            scratch.inside++;
            int p = y * width + x;
            scratch.turned += motion.turned[p];
            if (motion.error[p] < MATCHED) {
                scratch.u[seen] = motion.residual.u[p];
                scratch.v[seen++] = motion.residual.v[p];
            }
        }
        return seen;
    }

    /** The motion that most pixels share, and the share of the pixels inside the picture that have it. */
    private static double[] mode(Scratch s, int seen, double pu, double pv, double predicted) {
        double[] best = refine(s, seen, median(s.u, seen), median(s.v, seen));
        if (predicted > CLEAR * CLEAR) {
            double[] expected = refine(s, seen, pu, pv);
            double off = (expected[0] - pu) * (expected[0] - pu) + (expected[1] - pv) * (expected[1] - pv);
            if (off < 0.25 * predicted && expected[2] > 0.6 * best[2]) {
                best = expected;
            }
        }
        best[2] /= s.inside;
        return best;
    }

    private static double[] refine(Scratch s, int seen, double u, double v) {
        double mu = u;
        double mv = v;
        int n = 0;
        for (int round = 0; round < 3; round++) {
            double bound = tolerance(mu, mv);
            double su = 0;
            double sv = 0;
            n = 0;
            for (int k = 0; k < seen; k++) {
                if (Math.abs(s.u[k] - mu) + Math.abs(s.v[k] - mv) < bound) {
                    su += s.u[k];
                    sv += s.v[k];
                    n++;
                }
            }
            if (n == 0) {
                break;
            }
            mu = su / n;
            mv = sv / n;
        }
        return new double[] {mu, mv, n};
    }

    private static double tolerance(double u, double v) {
        return Math.max(0.6, 0.35 * (Math.abs(u) + Math.abs(v)));
    }

    /** Whether the outline came to rest while something right beside it goes on as the object did. */
    private double[] goesOn(Motion motion, Scratch scratch, double pu, double pv) {
        int reach = 4 + (int) (2 * Math.max(Math.abs(pu), Math.abs(pv)));
        int[] box = box(reach);
        double bound = tolerance(pu, pv);
        double su = 0;
        double sv = 0;
        int n = 0;
        for (int y = box[1]; y <= box[3]; y++) {
            for (int x = box[0]; x <= box[2]; x++) {
                int p = y * width + x;
                if (motion.error[p] < MATCHED
                        && Math.abs(motion.residual.u[p] - pu) + Math.abs(motion.residual.v[p] - pv) < bound) {
                    su += motion.residual.u[p];
                    sv += motion.residual.v[p];
                    scratch.stack[n++] = p;
                }
            }
        }
        return new double[] {n == 0 ? 0 : su / n, n == 0 ? 0 : sv / n, n};
    }

    /** Takes the connected pixels that move as the object does and overlap it as its new outline. */
    private void redraw(Motion motion, Scratch scratch, float mu, float mv) {
        int[] box = box(6);
        double bound = tolerance(mu, mv);
        double least = 0.4 * Math.sqrt(mu * mu + mv * mv);
        byte[] state = scratch.state;
        for (int y = box[1]; y <= box[3]; y++) {
            for (int x = box[0]; x <= box[2]; x++) {
                int p = y * width + x;
                float u = motion.residual.u[p];
                float v = motion.residual.v[p];
                boolean alike = Math.abs(u - mu) + Math.abs(v - mv) < bound
                        && u * u + v * v > least * least
                        && motion.error[p] < MATCHED;
                state[p] = (byte) (alike ? 1 : 0);
            }
        }
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        int[] stack = scratch.stack;
        int count = 0;
        for (int k = 0; k < dx.length; k++) {
            int x = bx + dx[k];
            int y = by + dy[k];
            if (x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3] && state[y * width + x] == 1) {
                state[y * width + x] = 2;
                stack[count++] = y * width + x;
            }
        }
        for (int k = 0; k < count; k++) {
            int p = stack[k];
            int x = p % width;
            int y = p / width;
            count = spread(state, stack, count, x > box[0], p - 1);
            count = spread(state, stack, count, x < box[2], p + 1);
            count = spread(state, stack, count, y > box[1], p - width);
            count = spread(state, stack, count, y < box[3], p + width);
        }
        // half hidden, or run together with another object: the last outline says more
        if (count > 0.5 * usualArea && count < 1.7 * usualArea) {
            outline(stack, count);
            usualArea += (count - usualArea) / 4;
        }
    }

    private static int spread(byte[] state, int[] stack, int count, boolean within, int p) {
        if (within && state[p] == 1) {
            state[p] = 2;
            stack[count] = p;
            return count + 1;
        }
        return count;
    }

    private void outline(int[] pixels, int count) {
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        dx = new int[count];
        dy = new int[count];
        for (int k = 0; k < count; k++) {
            dx[k] = pixels[k] % width - bx;
            dy[k] = pixels[k] / width - by;
        }
    }

    /** Left, top, right and bottom of the object with a margin, inside the picture. */
    private int[] box(int margin) {
        int[] edge = extent();
        int bx = (int) Math.round(cx);
        int by = (int) Math.round(cy);
        return new int[] {
            Math.max(0, bx + edge[0] - margin),
            Math.max(0, by + edge[1] - margin),
            Math.min(width - 1, bx + edge[2] + margin),
            Math.min(height - 1, by + edge[3] + margin)
        };
    }

    private int[] extent() {
        int[] edge = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE};
        for (int k = 0; k < dx.length; k++) {
            edge[0] = Math.min(edge[0], dx[k]);
            edge[1] = Math.min(edge[1], dy[k]);
            edge[2] = Math.max(edge[2], dx[k]);
            edge[3] = Math.max(edge[3], dy[k]);
        }
        return edge;
    }

    private void record(double seconds) {
        int[] edge = extent();
        track.at(
                cx + (edge[0] + edge[2]) * 0.5,
                cy + (edge[1] + edge[3]) * 0.5,
                (edge[2] - edge[0]) * 0.5,
                (edge[3] - edge[1]) * 0.5,
                seconds);
    }

    private boolean central() {
        int[] edge = extent();
        return cx + edge[0] > 2 && cy + edge[1] > 2 && cx + edge[2] < width - 3 && cy + edge[3] < height - 3;
    }

    /** Mean of the last two values; 0 without any. */
    private static double recent(DoubleList values) {
        int n = values.size();
        return n == 0 ? 0 : n == 1 ? values.get(0) : (values.get(n - 1) + values.get(n - 2)) / 2;
    }

    private static float median(float[] values, int count) {
        float[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
