package dev.moviola.defect.internal;

import dev.moviola.video.Frame;

/**
 * How fine the detail of single frames is, at full size: a picture that was enlarged, or lost its detail to compression,
 * has little Laplacian energy for the gradients that it has.
 */
final class Crispness {
    private final DoubleList frames = new DoubleList();

    /** Takes another frame: its mean squared Laplacian over its mean squared gradient, 0... */
    void add(Frame frame) {
        int w = frame.width();
        int h = frame.height();
        byte[] luma = frame.luma();
        double laplacian = 0;
        double gradient = 0;
        for (int y = 1; y < h - 1; y++) {
            long rowLaplacian = 0;
            long rowGradient = 0;
            for (int x = y * w + 1; x < y * w + w - 1; x++) {
                int left = luma[x - 1] & 0xff;
                int right = luma[x + 1] & 0xff;
                int above = luma[x - w] & 0xff;
                int below = luma[x + w] & 0xff;
                int lap = left + right + above + below - 4 * (luma[x] & 0xff);
                int dx = right - left;
                int dy = below - above;
                rowLaplacian += lap * lap;
                rowGradient += dx * dx + dy * dy;
            }
            laplacian += rowLaplacian;
            gradient += rowGradient;
        }
        // the constant keeps the noise of flat pictures from passing for detail
        frames.add(laplacian / (gradient + 16.0 * w * h));
    }

    /** Median over the frames; 0 without any. */
    double median() {
        return Series.quantile(frames.toArray(), 0.5);
    }
}
