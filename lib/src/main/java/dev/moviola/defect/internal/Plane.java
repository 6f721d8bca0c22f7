package dev.moviola.defect.internal;

/** One frame at working size with everything that is computed from it alone. */
final class Plane {
    static final int BINS = 32;

    /** Position among all frames of the file. */
    int index;

    double seconds;
    final int width;
    final int height;
    /** Luma 0..255 after a 3x3 binomial filter. */
    final float[] luma;
    /** Unfiltered luma, each level half the size of the one before; the first is half the working size. */
    final float[][] pyramid;
    /** Mean squared Laplacian over 12x12 pixels, one value for each block of 4x4. */
    final float[] energy;
    /** Mean of unfiltered luma at an eighth of the working size, minus the mean of the frame. */
    final float[] small;

    final int smallWidth;
    final int[] histogram = new int[BINS];
    double mean;

    Plane(int width, int height, float[][] pyramid) {
        this.width = width;
        this.height = height;
        this.luma = new float[width * height];
        this.pyramid = pyramid;
        this.energy = new float[(width / 4) * (height / 4)];
        this.smallWidth = width / 8;
        this.small = new float[smallWidth * (height / 8)];
    }
}
