package dev.moviola.defect.internal;

import java.util.Arrays;

/** Consistency of forward and backward flow, and the affine motion that most of the picture follows. */
final class GlobalMotion {
    private static final int STEP = 4;
    private static final int ROUNDS = 3;

    private GlobalMotion() {}

    /** Marks the pixels where following the motion there and back ends near the start (Ruder et al. 2016). */
    static void check(Motion motion) {
        Field f = motion.forward;
        Field b = motion.backward;
        int w = f.width;
        int h = f.height;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int i = y * w + x;
                float u = f.u[i];
                float v = f.v[i];
                float tx = x + u;
                float ty = y + v;
                boolean inside = tx >= 0 && ty >= 0 && tx <= w - 1 && ty <= h - 1;
                float fx = Field.clamp(tx, w - 1.001f);
                float fy = Field.clamp(ty, h - 1.001f);
                int p = (int) fy * w + (int) fx;
                float bu = Field.bilinear(b.u, p, w, fx - (int) fx, fy - (int) fy);
                float bv = Field.bilinear(b.v, p, w, fx - (int) fx, fy - (int) fy);
                float eu = u + bu;
                float ev = v + bv;
                float e = eu * eu + ev * ev;
                float bound = 0.01f * (u * u + v * v + bu * bu + bv * bv) + 0.125f;
                motion.valid[i] = inside && e <= bound ? 1f : 0f;
                motion.error[i] = Math.min(10f, 2f * (float) Math.sqrt(e));
            }
        }
    }

    /** Fits the global motion by least squares, three times with weights that fall with the residual. */
    static void fit(Motion motion) {
        Field f = motion.forward;
        int w = f.width;
        int h = f.height;
        int count = ((w + STEP - 1) / STEP) * ((h + STEP - 1) / STEP);
        float[] size = new float[count];
        double[] g = motion.global;
        Arrays.fill(g, 0);
        double scale = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            double[] normal = new double[12];
            for (int y = 0; y < h; y += STEP) {
                for (int x = 0; x < w; x += STEP) {
                    int i = y * w + x;
                    double cx = x - w * 0.5;
                    double cy = y - h * 0.5;
                    double ru = f.u[i] - (g[0] + g[1] * cx + g[2] * cy);
                    double rv = f.v[i] - (g[3] + g[4] * cx + g[5] * cy);
                    double weight = (0.02 + motion.valid[i]) / (1 + (ru * ru + rv * rv) / (scale * scale));
                    add(normal, weight, cx, cy, f.u[i], f.v[i]);
                }
            }
            solve(normal, g);
            int k = 0;
            for (int y = 0; y < h; y += STEP) {
                for (int x = 0; x < w; x += STEP) {
                    int i = y * w + x;
                    double cx = x - w * 0.5;
                    double cy = y - h * 0.5;
                    double ru = f.u[i] - (g[0] + g[1] * cx + g[2] * cy);
                    double rv = f.v[i] - (g[3] + g[4] * cx + g[5] * cy);
                    size[k++] = (float) Math.sqrt(ru * ru + rv * rv);
                }
            }
            Arrays.sort(size);
            motion.spread = size[count / 2];
            scale = 1.5 * size[count / 2] + 0.025;
        }
        for (int y = 0; y < h; y++) {
            double cy = y - h * 0.5;
            float baseU = (float) (g[0] + g[2] * cy - g[1] * w * 0.5);
            float baseV = (float) (g[3] + g[5] * cy - g[4] * w * 0.5);
            float stepU = (float) g[1];
            float stepV = (float) g[4];
            int row = y * w;
            for (int x = 0; x < w; x++) {
                motion.residual.u[row + x] = f.u[row + x] - (baseU + stepU * x);
                motion.residual.v[row + x] = f.v[row + x] - (baseV + stepV * x);
            }
        }
    }

    private static void add(double[] n, double weight, double x, double y, double u, double v) {
        n[0] += weight;
        n[1] += weight * x;
        n[2] += weight * y;
        n[3] += weight * x * x;
        n[4] += weight * x * y;
        n[5] += weight * y * y;
        n[6] += weight * u;
        n[7] += weight * x * u;
        n[8] += weight * y * u;
        n[9] += weight * v;
        n[10] += weight * x * v;
        n[11] += weight * y * v;
    }

    /** Cramer's rule on the symmetric 3x3 system, for both components. */
    private static void solve(double[] n, double[] g) {
        double a = n[3] * n[5] - n[4] * n[4];
        double b = n[2] * n[4] - n[1] * n[5];
        double c = n[1] * n[4] - n[2] * n[3];
        double det = n[0] * a + n[1] * b + n[2] * c;
        if (!(Math.abs(det) > 1e-9)) {
            Arrays.fill(g, 0);
            return;
        }
        double d = n[0] * n[5] - n[2] * n[2];
        double e = n[1] * n[2] - n[0] * n[4];
        double f = n[0] * n[3] - n[1] * n[1];
        for (int k = 0; k < 2; k++) {
            double r0 = n[6 + 3 * k];
            double r1 = n[7 + 3 * k];
            double r2 = n[8 + 3 * k];
            g[3 * k] = (a * r0 + b * r1 + c * r2) / det;
            g[3 * k + 1] = (b * r0 + d * r1 + e * r2) / det;
            g[3 * k + 2] = (c * r0 + e * r1 + f * r2) / det;
        }
    }
}
