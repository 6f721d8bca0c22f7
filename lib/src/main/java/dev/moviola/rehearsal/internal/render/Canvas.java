package dev.moviola.rehearsal.internal.render;

import dev.moviola.video.Frame;

/** A picture being painted: planes of luma and, at half size, chroma, as floating-point samples. */
final class Canvas {
    final int width;
    final int height;
    final int halfWidth;
    final int halfHeight;
    final float[] luma;
    final float[] cb;
    final float[] cr;

    Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        halfWidth = width / 2;
        halfHeight = height / 2;
        luma = new float[width * height];
        cb = new float[halfWidth * halfHeight];
        cr = new float[halfWidth * halfHeight];
    }

    void copyFrom(Canvas other) {
        System.arraycopy(other.luma, 0, luma, 0, luma.length);
        System.arraycopy(other.cb, 0, cb, 0, cb.length);
        System.arraycopy(other.cr, 0, cr, 0, cr.length);
    }

    /** Mixes a colour into one pixel; chroma is set by the even ones. */
    void blend(int x, int y, float toLuma, float toCb, float toCr, float weight) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            return;
        }
        int i = y * width + x;
        luma[i] += (toLuma - luma[i]) * weight;
        if ((x & 1) == 0 && (y & 1) == 0) {
            int c = (y >> 1) * halfWidth + (x >> 1);
            cb[c] += (toCb - cb[c]) * weight;
            cr[c] += (toCr - cr[c]) * weight;
        }
    }

    static float sample(float[] plane, int columns, int rows, float x, float y) {
        float cx = inside(x, columns);
        float cy = inside(y, rows);
        return between(plane, (int) cy * columns + (int) cx, columns, cx - (int) cx, cy - (int) cy);
    }

    /** The nearest place that has a sample on both sides, where there are {@code samples} of them. */
    static float inside(float place, int samples) {
        return Math.max(0, Math.min(samples - 1.001f, place));
    }

    /** The plane between sample {@code i} and those right of it and below, both ways in 0..1. */
    static float between(float[] plane, int i, int columns, float across, float down) {
        float top = plane[i] + (plane[i + 1] - plane[i]) * across;
        float low = plane[i + columns] + (plane[i + columns + 1] - plane[i + columns]) * across;
        return top + (low - top) * down;
    }

    Frame toFrame(int index, double seconds) {
        return new Frame(index, seconds, width, height, bytes(luma, 16, 235), bytes(cb, 16, 240), bytes(cr, 16, 240));
    }

    private static byte[] bytes(float[] plane, int low, int high) {
        byte[] samples = new byte[plane.length];
        for (int i = 0; i < samples.length; i++) {
            int value = (int) (plane[i] + 0.5f);
            samples[i] = (byte) Math.max(low, Math.min(high, value));
        }
        return samples;
    }
}
