package dev.moviola.defect;

import dev.moviola.video.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A textured background, perhaps panning, with textured discs that move by a given law. */
public final class SyntheticClip {
    /** Where a disc is at time t, in pixels, and if it turns by how many radians; null when it is not there. */
    public interface Law {
        double[] at(int t);
    }

    private final int width;
    private final int height;
    private final long seed;
    private final double pan;

    public SyntheticClip(int width, int height, long seed, double pan) {
        this.width = width;
        this.height = height;
        this.seed = seed;
        this.pan = pan;
    }

    public List<Frame> frames(int count, double radius, List<Law> discs) {
        List<Frame> frames = new ArrayList<>();
        SplittableRandom noise = new SplittableRandom(seed);
        int wide = width + (int) Math.ceil(pan * count) + 2;
        float[] ground = image(wide, height, seed);
        int side = (int) (2 * radius) + 4;
        float[][] skins = new float[discs.size()][];
        for (int d = 0; d < skins.length; d++) {
            skins[d] = image(side, side, seed + 1 + d);
        }
        for (int t = 0; t < count; t++) {
            byte[] luma = new byte[width * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    double value = sample(ground, wide, x + pan * t, y);
                    for (int d = 0; d < discs.size(); d++) {
                        double[] at = discs.get(d).at(t);
                        if (at != null) {
                            double dx = x - at[0];
                            double dy = y - at[1];
                            double edge = radius + 0.5 - Math.sqrt(dx * dx + dy * dy);
                            if (edge > 0) {
                                double m = Math.min(1, edge);
                                double c = at.length > 2 ? Math.cos(at[2]) : 1;
                                double s = at.length > 2 ? Math.sin(at[2]) : 0;
                                double u = c * dx + s * dy + side / 2.0;
                                double v = c * dy - s * dx + side / 2.0;
                                value = (1 - m) * value + m * (60 + sample(skins[d], side, u, v) * 0.9);
                            }
                        }
                    }
                    double sensor = noise.nextDouble() + noise.nextDouble() - 1;
                    luma[y * width + x] = (byte) Math.max(0, Math.min(255, Math.round(value + 1.2 * sensor)));
                }
            }
            frames.add(Frame.gray(t, t / 24.0, width, height, luma));
        }
        return frames;
    }

    private static float[] image(int w, int h, long seed) {
        float[] image = new float[w * h];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) texture(i % w, i / w, seed);
        }
        return image;
    }

    private static double sample(float[] image, int w, double x, double y) {
        int h = image.length / w;
        int ix = Math.max(0, Math.min(w - 2, (int) x));
        int iy = Math.max(0, Math.min(h - 2, (int) y));
        double ax = x - ix;
        double ay = y - iy;
        int p = iy * w + ix;
        return (1 - ay) * ((1 - ax) * image[p] + ax * image[p + 1])
                + ay * ((1 - ax) * image[p + w] + ax * image[p + w + 1]);
    }

    private static double texture(double x, double y, long seed) {
        double value = 118;
        double[] scales = {3, 5, 11, 23, 47};
        for (int i = 0; i < scales.length; i++) {
            value += (i == 0 ? 26 : Math.sqrt(scales[i]) * 5)
                    * noise(x / scales[i] + 71 * i, y / scales[i] + 37 * i, seed);
        }
        return value;
    }

    private static double noise(double x, double y, long seed) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double ax = x - ix;
        double ay = y - iy;
        ax = ax * ax * (3 - 2 * ax);
        ay = ay * ay * (3 - 2 * ay);
        return (1 - ay) * ((1 - ax) * lattice(ix, iy, seed) + ax * lattice(ix + 1, iy, seed))
                + ay * ((1 - ax) * lattice(ix, iy + 1, seed) + ax * lattice(ix + 1, iy + 1, seed));
    }

    private static double lattice(int x, int y, long seed) {
        long z = (x * 0x9E3779B97F4A7C15L) ^ (y * 0xC2B2AE3D27D4EB4FL) ^ (seed * 0x165667B19E3779F9L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53 * 2 - 1;
    }
}
