package dev.moviola.defect.internal;

/**
 * Fits a {@link Turn} to samples of one picture so that they match another one: first over a grid of angles and shifts,
 * then by Gauss-Newton steps on robust weights. Samples are pixels, each as the row times the width plus the column. Not
 * safe for use by several threads.
 */
final class TurnFit {
    static final int MOST_SAMPLES = 192;

    /** Difference at which a pixel does not match at all, grey levels. */
    private static final float CLEAR = 16;
    /** What a pixel counts at most beyond its difference under the flow at hand, grey levels. */
    private static final float WORSE = 8;
    /** Angles that are tried: up to this many steps either way ... */
    private static final int TURNS = 6;
    /** ... of this many degrees. */
    private static final double STEP_DEGREES = 7.5;
    /** Shifts that are tried: up to this many steps either way ... */
    private static final int SHIFTS = 5;
    /** ... of this many pixels of the half-size grid. */
    private static final float STEP_PIXELS = 1.5f;
    /** Starting points that are refined. */
    private static final int BEST = 5;
    /** Difference at which a pixel counts half in the refinement, grey levels. */
    private static final float ROBUST = 8;

    private final float[] usual = new float[MOST_SAMPLES];
    private final float[] turnedX = new float[MOST_SAMPLES];
    private final float[] turnedY = new float[MOST_SAMPLES];

    /** Takes the differences under the flow at hand, on a grid of twice the size, as what bounds how much each sample may count. */
    void measure(float[] image, float[] target, int w1, int h1, Field flow, int[] pixels, int samples) {
        for (int k = 0; k < samples; k++) {
            int x = pixels[k] % w1;
            int y = pixels[k] / w1;
            int i = (2 * y + 1) * flow.width + 2 * x + 1;
            usual[k] = Field.difference(
                    image[pixels[k]], target, w1, h1, x + 0.5f * flow.u[i], y + 0.5f * flow.v[i], CLEAR);
        }
    }

    /** Tries turns and shifts of all samples on the half-size grid and refines the best of them. */
    Turn search(float[] image, float[] target, int w1, int h1, int[] pixels, int samples, double cx, double cy) {
        Turn[] best = new Turn[2 * TURNS + 1];
        float[] least = new float[best.length];
        for (int turn = -TURNS; turn <= TURNS; turn++) {
            double angle = turn * STEP_DEGREES * StrictMath.PI / 180;
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            for (int k = 0; k < samples; k++) {
                double dx = pixels[k] % w1 - cx;
                double dy = pixels[k] / w1 - cy;
                turnedX[k] = (float) (cx + cos * dx - sin * dy);
                turnedY[k] = (float) (cy + sin * dx + cos * dy);
            }
            int slot = turn + TURNS;
            least[slot] = Float.POSITIVE_INFINITY;
            for (int j = -SHIFTS; j <= SHIFTS; j++) {
                for (int i = -SHIFTS; i <= SHIFTS; i++) {
                    float tx = STEP_PIXELS * i;
                    float ty = STEP_PIXELS * j;
                    float sum = 0;
                    for (int k = 0; k < samples && sum < least[slot]; k++) {
                        float d = Field.difference(
                                image[pixels[k]], target, w1, h1, turnedX[k] + tx, turnedY[k] + ty, CLEAR);
                        sum += Math.min(d, usual[k] + WORSE);
                    }
                    if (sum < least[slot]) {
                        least[slot] = sum;
                        best[slot] = new Turn(cx, cy, cos - 1, sin, tx, ty);
                    }
                }
            }
        }
        Turn found = best[TURNS];
        double lowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < BEST; k++) {
            int next = 0;
            for (int slot = 1; slot < least.length; slot++) {
                next = least[slot] < least[next] ? slot : next;
            }
            least[next] = Float.POSITIVE_INFINITY;
            Turn end = refined(image, target, w1, h1, pixels, samples, best[next], 6);
            double rest = total(image, target, w1, h1, pixels, samples, end);
            if (rest < lowest) {
                lowest = rest;
                found = end;
            }
        }
        return found;
    }

    private double total(float[] image, float[] target, int width, int height, int[] pixels, int samples, Turn s) {
        double sum = 0;
        for (int k = 0; k < samples; k++) {
            int x = pixels[k] % width;
            int y = pixels[k] / width;
            float d = Field.difference(image[pixels[k]], target, width, height, x + s.u(x, y), y + s.v(x, y), CLEAR);
            sum += Math.min(d, usual[k] + WORSE);
        }
        return sum;
    }

    /** Gauss-Newton steps from {@code start} on, over the samples that stay inside the picture. */
    static Turn refined(
            float[] image, float[] target, int width, int height, int[] pixels, int samples, Turn start, int rounds) {
        Turn s = start;
        for (int round = 0; round < rounds; round++) {
            double[] m = new double[20];
            for (int k = 0; k < samples; k++) {
                int x = pixels[k] % width;
                int y = pixels[k] / width;
                float fx = x + s.u(x, y);
                float fy = y + s.v(x, y);
                if (fx < 1 || fy < 1 || fx > width - 2.001f || fy > height - 2.001f) {
                    continue;
                }
                int ix = (int) fx;
                int iy = (int) fy;
                float ax = fx - ix;
                float ay = fy - iy;
                int p = iy * width + ix;
                float r = Field.bilinear(target, p, width, ax, ay) - image[pixels[k]];
                double gx = 0.5
                        * (Field.bilinear(target, p + 1, width, ax, ay) - Field.bilinear(target, p - 1, width, ax, ay));
                double gy = 0.5
                        * (Field.bilinear(target, p + width, width, ax, ay)
                                - Field.bilinear(target, p - width, width, ax, ay));
                double weight = 1 / (1 + r * r / (ROBUST * ROBUST));
                double dx = x - s.cx();
                double dy = y - s.cy();
                accumulate(m, weight, gx * dx + gy * dy, gy * dx - gx * dy, gx, gy, r);
            }
            double[] step = solve(m, samples);
            s = new Turn(s.cx(), s.cy(), s.a() - step[0], s.b() - step[1], s.tx() - step[2], s.ty() - step[3]);
        }
        return s;
    }

    private static void accumulate(double[] m, double weight, double j0, double j1, double j2, double j3, double r) {
        double[] j = {j0, j1, j2, j3, r};
        for (int row = 0; row < 4; row++) {
            for (int column = row; column < 5; column++) {
                m[5 * row + column] += weight * j[row] * j[column];
            }
        }
    }

    /** Gaussian elimination on the symmetric system, lightly damped. */
    private static double[] solve(double[] m, int samples) {
        for (int row = 0; row < 4; row++) {
            m[6 * row] += 1e-3 * m[6 * row] + samples * 0.1;
            for (int column = 0; column < row; column++) {
                m[5 * row + column] = m[5 * column + row];
            }
        }
        for (int row = 0; row < 4; row++) {
            for (int below = row + 1; below < 4; below++) {
                double factor = m[5 * below + row] / m[6 * row];
                for (int column = row; column < 5; column++) {
                    m[5 * below + column] -= factor * m[5 * row + column];
                }
            }
        }
        double[] x = new double[4];
        for (int row = 3; row >= 0; row--) {
            double rest = m[5 * row + 4];
            for (int column = row + 1; column < 4; column++) {
                rest -= m[5 * row + column] * x[column];
            }
            x[row] = rest / m[6 * row];
        }
        return x;
    }
}
