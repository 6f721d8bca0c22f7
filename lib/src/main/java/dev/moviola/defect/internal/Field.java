package dev.moviola.defect.internal;

/** A dense vector field on a grid, in pixels of that grid. */
final class Field {
    final int width;
    final int height;
    final float[] u;
    final float[] v;

    Field(int width, int height) {
        this.width = width;
        this.height = height;
        this.u = new float[width * height];
        this.v = new float[width * height];
    }

    /** Follows {@code first} and then {@code second} from where the first one leads: {@code first + second(x + first)}. */
    static void chain(Field first, Field second, Field out) {
        int w = first.width;
        int h = first.height;
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                int i = y * w + x;
                float fx = clamp(x + first.u[i], w - 1.001f);
                float fy = clamp(y + first.v[i], h - 1.001f);
                int ix = (int) fx;
                int iy = (int) fy;
                float ax = fx - ix;
                float ay = fy - iy;
                int p = iy * w + ix;
                out.u[i] = first.u[i] + bilinear(second.u, p, w, ax, ay);
                out.v[i] = first.v[i] + bilinear(second.v, p, w, ax, ay);
            }
        }
    }

    static float clamp(float value, float most) {
        return value < 0 ? 0 : value > most ? most : value;
    }

    static float bilinear(float[] a, int p, int w, float ax, float ay) {
        float top = a[p] + ax * (a[p + 1] - a[p]);
        float bottom = a[p + w] + ax * (a[p + w + 1] - a[p + w]);
        return top + ay * (bottom - top);
    }

    /** Absolute difference between a value and where it should be in {@code target}; at most {@code cap}. */
    static float difference(float value, float[] target, int w, int h, float x, float y, float cap) {
        float fx = clamp(x, w - 1.001f);
        float fy = clamp(y, h - 1.001f);
        int ix = (int) fx;
        int iy = (int) fy;
        float d = Math.abs(bilinear(target, iy * w + ix, w, fx - ix, fy - iy) - value);
        return d > cap ? cap : d;
    }
}
