package dev.moviola.defect.internal;

/**
 * Rotation, change of size and shift of something rigid: x' = cx + (1 + a) dx - b dy + tx and y' = cy + b dx + (1 + a) dy +
 * ty, where dx and dy are the distance from the centre.
 *
 * @param cx where the centre is, pixels
 * @param cy the same downwards
 * @param a size times cosine of the angle, less 1
 * @param b size times sine of the angle
 * @param tx shift of the centre, pixels
 * @param ty the same downwards
 */
record Turn(double cx, double cy, double a, double b, double tx, double ty) {
    Turn doubled() {
        return new Turn(2 * cx + 0.5, 2 * cy + 0.5, a, b, 2 * tx, 2 * ty);
    }

    Turn inverse() {
        double c = 1 + a;
        double n = c * c + b * b;
        return new Turn(cx + tx, cy + ty, c / n - 1, -b / n, -tx, -ty);
    }

    float u(int x, int y) {
        return (float) (a * (x - cx) - b * (y - cy) + tx);
    }

    float v(int x, int y) {
        return (float) (b * (x - cx) + a * (y - cy) + ty);
    }
}
