package dev.moviola.defect;

import dev.moviola.video.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts one defect of known kind, place and time into clean frames. */
public final class Injector {
    private final List<Frame> clean;
    private final SplittableRandom random;
    private final int w;
    private final int h;
    private final int from;
    private final int to;
    private final double cx;
    private final double cy;
    private final double rx;
    private final double ry;

    private Injector(List<Frame> clean, long seed) {
        this.clean = clean;
        random = new SplittableRandom(seed);
        w = clean.get(0).width();
        h = clean.get(0).height();
        int n = clean.size();
        int span = n / 3 + random.nextInt(Math.max(1, n / 6));
        from = n / 8 + random.nextInt(Math.max(1, n - span - n / 4));
        to = Math.min(n, from + span);
        cx = w * (0.3 + 0.4 * random.nextDouble());
        cy = h * (0.35 + 0.3 * random.nextDouble());
        rx = h * (0.2 + 0.06 * random.nextDouble());
        ry = h * (0.2 + 0.06 * random.nextDouble());
    }

    public static List<Frame> inject(Defect defect, List<Frame> clean, long seed) {
        Injector injector = new Injector(clean, seed);
        List<Frame> out = new ArrayList<>();
        for (int t = 0; t < clean.size(); t++) {
            out.add(injector.frame(defect, t));
        }
        return out;
    }

    private Frame frame(Defect defect, int t) {
        // what has melted stays melted
        if (t < from || (t >= to && defect != Defect.MELT)) {
            return clean.get(t);
        }
        double s = Math.min(1, (double) (t - from) / Math.max(1, to - from - 1));
        double strength = Math.min(1, 4 * Math.min(s, 1 - s) + 0.1);
        return switch (defect) {
            case FREEZE -> copy(clean.get(from), t);
            case JERK -> copy(clean.get(Math.min(clean.size() - 1, t + ((t & 1) == 0 ? 2 : 0))), t);
            case FLICKER -> gain(t, 1 + 0.08 * ((t & 1) == 0 ? 1 : -1));
            case VANISH -> blend(t, 0, s < 0.5);
            case MORPH -> blend(t, s, true);
            case WARP ->
                displace(
                        t,
                        strength * h * 0.02 * Math.sin(2 * Math.PI * t / (5 + (seedling() & 3))),
                        strength * h * 0.02 * Math.cos(2 * Math.PI * t / 6.0),
                        0);
            case MELT -> displace(t, 0, s * h * 0.08, s * 9);
            case BOIL -> boil(t);
        };
    }

    private int seedling() {
        return (int) cx;
    }

    private Frame copy(Frame source, int t) {
        return new Frame(
                t, clean.get(t).seconds(), source.width(), source.height(), source.luma(), source.cb(), source.cr());
    }

    private Frame gain(int t, double gain) {
        byte[] out = clean.get(t).luma().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = clip((out[i] & 0xff) * gain);
        }
        return with(t, out);
    }

    private double mask(int x, int y) {
        double dx = (x - cx) / rx;
        double dy = (y - cy) / ry;
        double d = Math.sqrt(dx * dx + dy * dy);
        return Math.max(0, Math.min(1, (1.1 - d) / 0.3));
    }

    /** Vanish: the region is filled from its neighbourhood. Morph: it dissolves into another place. */
    private Frame blend(int t, double share, boolean on) {
        Frame f = clean.get(t);
        if (!on) {
            return f;
        }
        boolean vanish = share == 0;
        byte[] out = f.luma().clone();
        int shift = (int) (cx > w / 2.0 ? -2.2 * rx : 2.2 * rx);
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double m = vanish ? mask(x, y) : mask(x, y) * Math.min(1, 1.5 * share);
                if (m > 0) {
                    int sx = Math.max(0, Math.min(w - 1, x + shift));
                    int sy = vanish ? y : Math.max(0, Math.min(h - 1, (int) (2 * cy) - y));
                    out[y * w + x] = clip((1 - m) * f.lumaAt(x, y) + m * f.lumaAt(sx, sy));
                }
            }
        }
        return with(t, out);
    }

    private Frame displace(int t, double du, double dv, double blur) {
        Frame f = clean.get(t);
        byte[] out = f.luma().clone();
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double m = mask(x, y);
                if (m > 0) {
                    double swirl = Math.sin((y - cy) / ry * 4 + t * 0.3);
                    double fx = x + m * du * (0.4 + swirl);
                    double fy = y - m * dv * (0.6 + 0.4 * Math.sin((x - cx) / rx * 6));
                    if (blur > 0) {
                        double sum = 0;
                        int k = (int) (blur * m * h / 240) + 1;
                        for (int i = -k; i <= k; i++) {
                            sum += sample(f, fx, fy + i);
                        }
                        out[y * w + x] = clip(sum / (2 * k + 1));
                    } else {
                        out[y * w + x] = clip(sample(f, fx, fy));
                    }
                }
            }
        }
        return with(t, out);
    }

    private Frame boil(int t) {
        Frame f = clean.get(t);
        byte[] out = f.luma().clone();
        int cell = Math.max(4, h / 60);
        int gw = w / cell + 3;
        double[] du = new double[gw * (h / cell + 3)];
        double[] dv = new double[du.length];
        for (int i = 0; i < du.length; i++) {
            du[i] = (random.nextDouble() - 0.5) * h / 60.0;
            dv[i] = (random.nextDouble() - 0.5) * h / 60.0;
        }
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                double m = mask(x, y);
                if (m > 0) {
                    int i = (y / cell) * gw + x / cell;
                    double ax = (double) (x % cell) / cell;
                    double ay = (double) (y % cell) / cell;
                    double u = (1 - ay) * ((1 - ax) * du[i] + ax * du[i + 1])
                            + ay * ((1 - ax) * du[i + gw] + ax * du[i + gw + 1]);
                    double v = (1 - ay) * ((1 - ax) * dv[i] + ax * dv[i + 1])
                            + ay * ((1 - ax) * dv[i + gw] + ax * dv[i + gw + 1]);
                    out[y * w + x] = clip(sample(f, x + m * u, y + m * v) + m * 8 * (random.nextDouble() - 0.5));
                }
            }
        }
        return with(t, out);
    }

    private Frame with(int t, byte[] luma) {
        Frame f = clean.get(t);
        return new Frame(t, f.seconds(), w, h, luma, f.cb(), f.cr());
    }

    private static double sample(Frame f, double x, double y) {
        double fx = Math.max(0, Math.min(f.width() - 1.001, x));
        double fy = Math.max(0, Math.min(f.height() - 1.001, y));
        int ix = (int) fx;
        int iy = (int) fy;
        double ax = fx - ix;
        double ay = fy - iy;
        return (1 - ay) * ((1 - ax) * f.lumaAt(ix, iy) + ax * f.lumaAt(ix + 1, iy))
                + ay * ((1 - ax) * f.lumaAt(ix, iy + 1) + ax * f.lumaAt(ix + 1, iy + 1));
    }

    private static byte clip(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
