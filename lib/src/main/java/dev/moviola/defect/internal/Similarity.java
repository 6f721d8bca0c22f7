package dev.moviola.defect.internal;

import dev.moviola.video.Frame;

/** Full-reference measures on luma. Not safe for use by several threads. */
public final class Similarity {
    private static final int C1 = (int) (.01 * .01 * 255 * 255 * 64 + .5);
    private static final int C2 = (int) (.03 * .03 * 255 * 255 * 64 * 63 + .5);
    private static final int TAPS = 11;
    private static final float[] GAUSS = gauss();

    private int[][] blocks = new int[0][];
    private float[][] planes = new float[0][];
    private float[][] rows = new float[0][];

    /** Mean of squared luma differences. */
    public static double meanSquaredError(Frame a, Frame b) {
        byte[] p = a.luma();
        byte[] q = b.luma();
        long total = 0;
        for (int from = 0; from < p.length; from += 16384) {
            int to = Math.min(p.length, from + 16384);
            int sum = 0;
            for (int i = from; i < to; i++) {
                int d = (p[i] & 0xff) - (q[i] & 0xff);
                sum += d * d;
            }
            total += sum;
        }
        return (double) total / p.length;
    }

    /** SSIM in the integer form of ffmpeg's filter: sums of 4x4 blocks, windows of 2x2 blocks, stride one block. */
    public double ssimFf(Frame a, Frame b) {
        int across = a.width() / 4;
        int down = a.height() / 4;
        if (across < 2 || down < 2) {
            return a.equals(b) || meanSquaredError(a, b) == 0 ? 1 : Double.NaN;
        }
        if (blocks.length == 0 || blocks[0].length != across * 4) {
            blocks = new int[2][across * 4];
        }
        double total = 0;
        sums(a, b, 0, across, blocks[0]);
        for (int by = 1; by < down; by++) {
            int[] above = blocks[(by - 1) & 1];
            int[] here = blocks[by & 1];
            sums(a, b, by, across, here);
            for (int bx = 0; bx < across - 1; bx++) {
                int i = 4 * bx;
                total += end(
                        above[i] + above[i + 4] + here[i] + here[i + 4],
                        above[i + 1] + above[i + 5] + here[i + 1] + here[i + 5],
                        above[i + 2] + above[i + 6] + here[i + 2] + here[i + 6],
                        above[i + 3] + above[i + 7] + here[i + 3] + here[i + 7]);
            }
        }
        return total / ((double) (across - 1) * (down - 1));
    }

    private static float end(int s1, int s2, int ss, int s12) {
        int vars = ss * 64 - s1 * s1 - s2 * s2;
        int covar = s12 * 64 - s1 * s2;
        return (float) (2 * s1 * s2 + C1)
                * (float) (2 * covar + C2)
                / ((float) (s1 * s1 + s2 * s2 + C1) * (float) (vars + C2));
    }

    private static void sums(Frame a, Frame b, int by, int across, int[] out) {
        byte[] p = a.luma();
        byte[] q = b.luma();
        int w = a.width();
        for (int bx = 0; bx < across; bx++) {
            int s1 = 0;
            int s2 = 0;
            int ss = 0;
            int s12 = 0;
            for (int y = 4 * by; y < 4 * by + 4; y++) {
                int row = y * w + 4 * bx;
                for (int i = row; i < row + 4; i++) {
                    int x = p[i] & 0xff;
                    int z = q[i] & 0xff;
                    s1 += x;
                    s2 += z;
                    ss += x * x + z * z;
                    s12 += x * z;
                }
            }
            out[4 * bx] = s1;
            out[4 * bx + 1] = s2;
            out[4 * bx + 2] = ss;
            out[4 * bx + 3] = s12;
        }
    }

    /** SSIM after Wang 2004: Gaussian window of 11x11 and sigma 1.5, valid region, population covariance. */
    public double ssimWang(Frame a, Frame b) {
        int w = a.width();
        int h = a.height();
        if (w < TAPS || h < TAPS) {
            return Double.NaN;
        }
        if (planes.length == 0 || planes[0].length != w * TAPS || rows[0].length != w) {
            planes = new float[5][w * TAPS];
            rows = new float[5][w];
        }
        int valid = w - TAPS + 1;
        for (int y = 0; y < TAPS - 1; y++) {
            horizontal(a, b, y);
        }
        double total = 0;
        for (int y = TAPS - 1; y < h; y++) {
            horizontal(a, b, y);
            for (int k = 0; k < 5; k++) {
                vertical(planes[k], y, w, valid, rows[k]);
            }
            double line = 0;
            for (int x = 0; x < valid; x++) {
                float ma = rows[0][x];
                float mb = rows[1][x];
                float va = rows[2][x] - ma * ma;
                float vb = rows[3][x] - mb * mb;
                float cov = rows[4][x] - ma * mb;
                // means are stored relative to mid-grey
                float fa = ma + 128;
                float fb = mb + 128;
                line += (2 * fa * fb + 6.5025f)
                        * (2 * cov + 58.5225f)
                        / ((fa * fa + fb * fb + 6.5025f) * (va + vb + 58.5225f));
            }
            total += line;
        }
        return total / ((double) valid * (h - TAPS + 1));
    }

    private void horizontal(Frame a, Frame b, int y) {
        int w = a.width();
        int base = (y % TAPS) * w;
        int row = y * w;
        int valid = w - TAPS + 1;
        for (int k = 0; k < 5; k++) {
            java.util.Arrays.fill(planes[k], base, base + valid, 0);
        }
        for (int tap = 0; tap < TAPS; tap++) {
            float weight = GAUSS[tap];
            addTap(a.luma(), b.luma(), row + tap, base, valid, weight);
        }
    }

    private void addTap(byte[] p, byte[] q, int from, int base, int count, float weight) {
        float[] s0 = planes[0];
        float[] s1 = planes[1];
        float[] s2 = planes[2];
        float[] s3 = planes[3];
        float[] s4 = planes[4];
        for (int x = 0; x < count; x++) {
            float u = (p[from + x] & 0xff) - 128;
            float v = (q[from + x] & 0xff) - 128;
            s0[base + x] += weight * u;
            s1[base + x] += weight * v;
            s2[base + x] += weight * (u * u);
            s3[base + x] += weight * (v * v);
            s4[base + x] += weight * (u * v);
        }
    }

    private static void vertical(float[] ring, int last, int w, int count, float[] out) {
        java.util.Arrays.fill(out, 0, count, 0);
        for (int tap = 0; tap < TAPS; tap++) {
            int base = ((last - TAPS + 1 + tap) % TAPS) * w;
            float weight = GAUSS[tap];
            for (int x = 0; x < count; x++) {
                out[x] += weight * ring[base + x];
            }
        }
    }

    private static float[] gauss() {
        double[] raw = new double[TAPS];
        double sum = 0;
        for (int i = 0; i < TAPS; i++) {
            raw[i] = StrictMath.exp(-(i - 5) * (i - 5) / (2 * 1.5 * 1.5));
            sum += raw[i];
        }
        float[] taps = new float[TAPS];
        for (int i = 0; i < TAPS; i++) {
            taps[i] = (float) (raw[i] / sum);
        }
        return taps;
    }
}
