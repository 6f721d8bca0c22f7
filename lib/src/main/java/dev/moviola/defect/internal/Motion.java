package dev.moviola.defect.internal;

/** How one plane moves into the next, on a grid of half the working size and in its pixels. */
final class Motion {
    /** Where each pixel of the earlier plane lies in the later one. */
    final Field forward;
    /** Where each pixel of the later plane lies in the earlier one. */
    final Field backward;
    /** Forward motion minus the global affine motion. */
    final Field residual;
    /** 1 where forward and backward motion agree and stay within the picture, else 0. */
    final float[] valid;
    /** Forward-backward error, at most 10. */
    final float[] error;
    /** 1 in and around what turns as one further than patches can follow, else 0. */
    final byte[] turned;
    /** u = g0 + g1 x + g2 y, v = g3 + g4 x + g5 y, coordinates from the centre of the grid. */
    final double[] global = new double[6];
    /** Median length of the residual: how badly one affine motion describes the picture. */
    double spread;

    Motion(int width, int height) {
        forward = new Field(width, height);
        backward = new Field(width, height);
        residual = new Field(width, height);
        valid = new float[width * height];
        turned = new byte[width * height];
        error = new float[width * height];
    }
}
