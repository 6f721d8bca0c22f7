package dev.moviola.defect.internal;

/** Moves planes along fields of half their size, bilinearly. Not safe for use by several threads. */
final class Warper {
    private final int w;
    private final int h;
    private final float[] rowU;
    private final float[] rowV;

    Warper(int width, int height) {
        w = width;
        h = height;
        rowU = new float[w / 2];
        rowV = new float[w / 2];
    }

    /** Moves a plane back along a field of half its size. */
    void warp(float[] source, Field field, float[] out) {
        int w2 = w / 2;
        int h2 = h / 2;
        float mostX = w - 1.001f;
        float mostY = h - 1.001f;
        for (int y = 0; y < h; y++) {
            int near = y / 2;
            int far = (y & 1) == 0 ? Math.max(0, near - 1) : Math.min(h2 - 1, near + 1);
            int a = near * w2;
            int b = far * w2;
            // 0.75 and 0.25 interpolate between centres; times two turns half-size pixels into full ones
            for (int x = 0; x < w2; x++) {
                rowU[x] = 1.5f * field.u[a + x] + 0.5f * field.u[b + x];
                rowV[x] = 1.5f * field.v[a + x] + 0.5f * field.v[b + x];
            }
            int row = y * w;
            for (int x = 0; x < w; x++) {
                int i = x >> 1;
                int j = (x & 1) == 0 ? (i == 0 ? 0 : i - 1) : (i == w2 - 1 ? i : i + 1);
                float fx = x + 0.75f * rowU[i] + 0.25f * rowU[j];
                float fy = y + 0.75f * rowV[i] + 0.25f * rowV[j];
                fx = fx < 0 ? 0 : fx > mostX ? mostX : fx;
                fy = fy < 0 ? 0 : fy > mostY ? mostY : fy;
                int ix = (int) fx;
                int iy = (int) fy;
                float ax = fx - ix;
                float ay = fy - iy;
                int p = iy * w + ix;
                float top = source[p] + ax * (source[p + 1] - source[p]);
                float bottom = source[p + w] + ax * (source[p + w + 1] - source[p + w]);
                out[row + x] = top + ay * (bottom - top);
            }
        }
    }
}
