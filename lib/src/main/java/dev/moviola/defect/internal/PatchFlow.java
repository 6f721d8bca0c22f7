package dev.moviola.defect.internal;

/**
 * Dense optical flow by inverse-compositional alignment of 8x8 patches from coarse to fine, in the manner of Kroeger et
 * al. 2016 ("Fast optical flow using dense inverse search"), without its variational step.
 *
 * <p>Iteration counts are bounded and patches independent, so that the same steps can run on any machine with the same
 * result. Patches are compared after removing their mean, which makes the flow blind to changes of brightness. Not safe
 * for use by several threads.
 */
final class PatchFlow {
    static final int PATCH = 8;
    private static final int STRIDE = 4;
    private static final int PAD = 12;
    private static final int ITERATIONS = 6;
    /** A patch whose last step was shorter than this has found its place; pixels squared. */
    private static final float SETTLED = 1e-4f;
    /** Keeps patches without texture where the coarser level put them. */
    private static final float DAMPING = 64f;

    private final int levels;
    private final int[] widths;
    private final int[] heights;
    private final Field[] fields;
    private final float[][] padded;
    private final float[] gx;
    private final float[] gy;
    private final float[] patchU;
    private final float[] patchV;
    private final float[] weights;

    /** For fields of this size at the finest level. */
    PatchFlow(int width, int height) {
        int count = 1;
        while (Math.min(width >> count, height >> count) >= 12 && count < 5) {
            count++;
        }
        levels = count;
        widths = new int[levels];
        heights = new int[levels];
        fields = new Field[levels];
        padded = new float[levels][];
        for (int level = 0; level < levels; level++) {
            widths[level] = width >> level;
            heights[level] = height >> level;
            fields[level] = new Field(widths[level], heights[level]);
            padded[level] = new float[(widths[level] + 2 * PAD) * (heights[level] + 2 * PAD)];
        }
        gx = new float[width * height];
        gy = new float[width * height];
        int patches = patchCount(width) * patchCount(height);
        patchU = new float[patches];
        patchV = new float[patches];
        weights = new float[width * height];
    }

    int levels() {
        return levels;
    }

    /** The pyramid of an image: its levels from fine to coarse, each half the size of the one before. */
    float[][] pyramid(float[] finest) {
        float[][] pyramid = new float[levels][];
        pyramid[0] = finest;
        for (int level = 1; level < levels; level++) {
            pyramid[level] = new float[widths[level] * heights[level]];
        }
        return pyramid;
    }

    /** Recomputes the coarser levels from the finest. */
    void fill(float[][] pyramid) {
        for (int level = 1; level < levels; level++) {
            halve(pyramid[level - 1], widths[level - 1], pyramid[level], widths[level], heights[level]);
        }
    }

    static void halve(float[] source, int sourceWidth, float[] out, int width, int height) {
        for (int y = 0; y < height; y++) {
            int a = 2 * y * sourceWidth;
            int b = a + sourceWidth;
            int base = y * width;
            for (int x = 0; x < width; x++) {
                out[base + x] =
                        0.25f * (source[a + 2 * x] + source[a + 2 * x + 1] + source[b + 2 * x] + source[b + 2 * x + 1]);
            }
        }
    }

    /** Computes where each pixel of {@code from} lies in {@code to}. */
    void compute(float[][] from, float[][] to, Field out) {
        for (int level = levels - 1; level >= 0; level--) {
            Field field = level == 0 ? out : fields[level];
            int w = widths[level];
            int h = heights[level];
            if (level == levels - 1) {
                java.util.Arrays.fill(field.u, 0);
                java.util.Arrays.fill(field.v, 0);
            } else {
                enlarge(fields[level + 1], field);
            }
            pad(to[level], w, h, padded[level]);
            gradients(from[level], w, h);
            search(from[level], padded[level], w, h, field);
            densify(from[level], padded[level], w, h, field);
            smooth(field);
        }
    }

    private void search(float[] image, float[] target, int w, int h, Field start) {
        int across = patchCount(w);
        int down = patchCount(h);
        int stride = w + 2 * PAD;
        for (int py = 0; py < down; py++) {
            int y0 = Math.min(py * STRIDE, h - PATCH);
            for (int px = 0; px < across; px++) {
                int x0 = Math.min(px * STRIDE, w - PATCH);
                align(image, target, w, h, stride, x0, y0, start, py * across + px);
            }
        }
    }

    private void align(
            float[] image, float[] target, int w, int h, int stride, int x0, int y0, Field start, int patch) {
        float sx = 0;
        float sy = 0;
        float xx = 0;
        float xy = 0;
        float yy = 0;
        for (int j = 0; j < PATCH; j++) {
            int row = (y0 + j) * w + x0;
            for (int i = 0; i < PATCH; i++) {
                float a = gx[row + i];
                float b = gy[row + i];
                sx += a;
                sy += b;
                xx += a * a;
                xy += a * b;
                yy += b * b;
            }
        }
        float n = 1f / (PATCH * PATCH);
        xx += DAMPING - sx * sx * n;
        yy += DAMPING - sy * sy * n;
        xy -= sx * sy * n;
        float inverse = 1f / (xx * yy - xy * xy);
        int centre = (y0 + PATCH / 2) * w + x0 + PATCH / 2;
        float u0 = start.u[centre];
        float v0 = start.v[centre];
        float loX = -x0 - PAD + 1f;
        float hiX = w + PAD - PATCH - 2f - x0;
        float loY = -y0 - PAD + 1f;
        float hiY = h + PAD - PATCH - 2f - y0;
        u0 = u0 < loX ? loX : u0 > hiX ? hiX : u0;
        v0 = v0 < loY ? loY : v0 > hiY ? hiY : v0;
        // a coarser level that was misled by a repeating texture is overruled where standing still fits better
        float started = mismatch(image, target, w, stride, x0, y0, u0, v0);
        float still = mismatch(image, target, w, stride, x0, y0, 0, 0);
        if (still < started) {
            started = still;
            u0 = 0;
            v0 = 0;
        }
        float u = u0;
        float v = v0;
        for (int step = 0; step < ITERATIONS; step++) {
            u = u < loX ? loX : u > hiX ? hiX : u;
            v = v < loY ? loY : v > hiY ? hiY : v;
            float fx = x0 + PAD + u;
            float fy = y0 + PAD + v;
            int ix = (int) fx;
            int iy = (int) fy;
            float ax = fx - ix;
            float ay = fy - iy;
            float w00 = (1 - ax) * (1 - ay);
            float w10 = ax * (1 - ay);
            float w01 = (1 - ax) * ay;
            float w11 = ax * ay;
            float sum = 0;
            float bx = 0;
            float by = 0;
            float sum2 = 0;
            float bx2 = 0;
            float by2 = 0;
            for (int j = 0; j < PATCH; j++) {
                int row = (y0 + j) * w + x0;
                int p = (iy + j) * stride + ix;
                for (int i = 0; i < PATCH; i += 2) {
                    float middle0 = target[p + i + 1];
                    float middle1 = target[p + stride + i + 1];
                    float d = w00 * target[p + i]
                            + w10 * middle0
                            + w01 * target[p + stride + i]
                            + w11 * middle1
                            - image[row + i];
                    float e = w00 * middle0
                            + w10 * target[p + i + 2]
                            + w01 * middle1
                            + w11 * target[p + stride + i + 2]
                            - image[row + i + 1];
                    sum += d;
                    sum2 += e;
                    bx += d * gx[row + i];
                    bx2 += e * gx[row + i + 1];
                    by += d * gy[row + i];
                    by2 += e * gy[row + i + 1];
                }
            }
            float mean = (sum + sum2) * n;
            float cx = bx + bx2 - sx * mean;
            float cy = by + by2 - sy * mean;
            float du = (yy * cx - xy * cy) * inverse;
            float dv = (xx * cy - xy * cx) * inverse;
            u -= du;
            v -= dv;
            if (du * du + dv * dv < SETTLED) {
                break;
            }
        }
        // an alignment that ran away further than a patch has lost its patch
        u = u < loX ? loX : u > hiX ? hiX : u;
        v = v < loY ? loY : v > hiY ? hiY : v;
        boolean lost = (u - u0) * (u - u0) + (v - v0) * (v - v0) > PATCH * PATCH
                || mismatch(image, target, w, stride, x0, y0, u, v) > started;
        patchU[patch] = lost ? u0 : u;
        patchV[patch] = lost ? v0 : v;
    }

    /** Variance of the difference between a patch and its counterpart at this displacement, times the pixel count. */
    private static float mismatch(float[] image, float[] target, int w, int stride, int x0, int y0, float u, float v) {
        float fx = x0 + PAD + u;
        float fy = y0 + PAD + v;
        int ix = (int) fx;
        int iy = (int) fy;
        float ax = fx - ix;
        float ay = fy - iy;
        float w00 = (1 - ax) * (1 - ay);
        float w10 = ax * (1 - ay);
        float w01 = (1 - ax) * ay;
        float w11 = ax * ay;
        float sum = 0;
        float squares = 0;
        float sum2 = 0;
        float squares2 = 0;
        for (int j = 0; j < PATCH; j++) {
            int row = (y0 + j) * w + x0;
            int p = (iy + j) * stride + ix;
            for (int i = 0; i < PATCH; i += 2) {
                float d = w00 * target[p + i]
                        + w10 * target[p + i + 1]
                        + w01 * target[p + stride + i]
                        + w11 * target[p + stride + i + 1]
                        - image[row + i];
                float e = w00 * target[p + i + 1]
                        + w10 * target[p + i + 2]
                        + w01 * target[p + stride + i + 1]
                        + w11 * target[p + stride + i + 2]
                        - image[row + i + 1];
                sum += d;
                sum2 += e;
                squares += d * d;
                squares2 += e * e;
            }
        }
        float mean = (sum + sum2) / (PATCH * PATCH);
        return squares + squares2 - mean * mean * (PATCH * PATCH);
    }

    /** Each pixel takes the mean of the patches over it, weighted by how well each one matches at that pixel. */
    private void densify(float[] image, float[] target, int w, int h, Field out) {
        int across = patchCount(w);
        int down = patchCount(h);
        int stride = w + 2 * PAD;
        java.util.Arrays.fill(out.u, 0);
        java.util.Arrays.fill(out.v, 0);
        java.util.Arrays.fill(weights, 0, w * h, 0);
        for (int py = 0; py < down; py++) {
            int y0 = Math.min(py * STRIDE, h - PATCH);
            for (int px = 0; px < across; px++) {
                int x0 = Math.min(px * STRIDE, w - PATCH);
                float u = patchU[py * across + px];
                float v = patchV[py * across + px];
                float fx = x0 + PAD + u;
                float fy = y0 + PAD + v;
                int ix = (int) fx;
                int iy = (int) fy;
                float ax = fx - ix;
                float ay = fy - iy;
                float w00 = (1 - ax) * (1 - ay);
                float w10 = ax * (1 - ay);
                float w01 = (1 - ax) * ay;
                float w11 = ax * ay;
                for (int j = 0; j < PATCH; j++) {
                    int row = (y0 + j) * w + x0;
                    int p = (iy + j) * stride + ix;
                    for (int i = 0; i < PATCH; i++) {
                        float d = w00 * target[p + i]
                                + w10 * target[p + i + 1]
                                + w01 * target[p + stride + i]
                                + w11 * target[p + stride + i + 1]
                                - image[row + i];
                        float weight = 1f / (1f + d * d * 0.25f);
                        out.u[row + i] += weight * u;
                        out.v[row + i] += weight * v;
                        weights[row + i] += weight;
                    }
                }
            }
        }
        for (int i = 0; i < w * h; i++) {
            float scale = 1f / weights[i];
            out.u[i] *= scale;
            out.v[i] *= scale;
        }
    }

    private void smooth(Field field) {
        box3(field.u, field.width, field.height);
        box3(field.v, field.width, field.height);
    }

    private void box3(float[] a, int w, int h) {
        float[] rows = weights;
        for (int y = 0; y < h; y++) {
            int up = Math.max(0, y - 1) * w;
            int at = y * w;
            int below = Math.min(h - 1, y + 1) * w;
            for (int x = 0; x < w; x++) {
                rows[at + x] = 0.25f * (a[up + x] + a[below + x]) + 0.5f * a[at + x];
            }
        }
        for (int y = 0; y < h; y++) {
            int at = y * w;
            a[at] = 0.75f * rows[at] + 0.25f * rows[at + 1];
            a[at + w - 1] = 0.75f * rows[at + w - 1] + 0.25f * rows[at + w - 2];
            for (int x = 1; x < w - 1; x++) {
                a[at + x] = 0.25f * (rows[at + x - 1] + rows[at + x + 1]) + 0.5f * rows[at + x];
            }
        }
    }

    private void gradients(float[] image, int w, int h) {
        for (int y = 0; y < h; y++) {
            int up = Math.max(0, y - 1) * w;
            int at = y * w;
            int below = Math.min(h - 1, y + 1) * w;
            for (int x = 0; x < w; x++) {
                gy[at + x] = 0.5f * (image[below + x] - image[up + x]);
            }
            for (int x = 1; x < w - 1; x++) {
                gx[at + x] = 0.5f * (image[at + x + 1] - image[at + x - 1]);
            }
            gx[at] = 0.5f * (image[at + 1] - image[at]);
            gx[at + w - 1] = 0.5f * (image[at + w - 1] - image[at + w - 2]);
        }
    }

    private static void pad(float[] image, int w, int h, float[] out) {
        int stride = w + 2 * PAD;
        for (int y = 0; y < h + 2 * PAD; y++) {
            int row = Math.max(0, Math.min(h - 1, y - PAD)) * w;
            int at = y * stride;
            java.util.Arrays.fill(out, at, at + PAD, image[row]);
            System.arraycopy(image, row, out, at + PAD, w);
            java.util.Arrays.fill(out, at + PAD + w, at + stride, image[row + w - 1]);
        }
    }

    private static void enlarge(Field coarse, Field fine) {
        int cw = coarse.width;
        for (int y = 0; y < fine.height; y++) {
            float fy = Field.clamp((y - 0.5f) * 0.5f, coarse.height - 1.001f);
            int iy = (int) fy;
            for (int x = 0; x < fine.width; x++) {
                float fx = Field.clamp((x - 0.5f) * 0.5f, cw - 1.001f);
                int ix = (int) fx;
                int p = iy * cw + ix;
                fine.u[y * fine.width + x] = 2 * Field.bilinear(coarse.u, p, cw, fx - ix, fy - iy);
                fine.v[y * fine.width + x] = 2 * Field.bilinear(coarse.v, p, cw, fx - ix, fy - iy);
            }
        }
    }

    private static int patchCount(int side) {
        return (side - PATCH + STRIDE - 1) / STRIDE + 1;
    }
}
