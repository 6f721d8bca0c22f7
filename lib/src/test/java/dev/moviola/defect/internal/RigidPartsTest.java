package dev.moviola.defect.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RigidPartsTest {
    private static final int W = 160;
    private static final int H = 90;
    private static final double CX = 70;
    private static final double CY = 45;
    private static final double RADIUS = 24;

    /** Smooth random texture whose contrast falls with frequency, as in pictures. */
    private static double texture(double x, double y, int seed) {
        double value = 128;
        for (double scale : new double[] {3.5, 7, 14, 28}) {
            double u = x / scale + 100 * scale;
            double v = y / scale + 37 * scale;
            int ix = (int) Math.floor(u);
            int iy = (int) Math.floor(v);
            double ax = u - ix;
            double ay = v - iy;
            double top = (1 - ax) * lattice(ix, iy, seed) + ax * lattice(ix + 1, iy, seed);
            double bottom = (1 - ax) * lattice(ix, iy + 1, seed) + ax * lattice(ix + 1, iy + 1, seed);
            value += Math.sqrt(scale) * 10 * ((1 - ay) * top + ay * bottom);
        }
        return value;
    }

    private static double lattice(int x, int y, int seed) {
        return new SplittableRandom(x * 73856093L ^ y * 19349663L ^ seed * 83492791L).nextDouble() * 2 - 1;
    }

    /** A textured disc, turned and shifted, or another disc, before a ground at rest. */
    private static float[] picture(double degrees, double shift, int skin) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        float[] image = new float[W * H];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                double dx = x - CX - shift;
                double dy = y - CY;
                image[y * W + x] = (float)
                        (dx * dx + dy * dy < RADIUS * RADIUS
                                ? texture(cos * dx + sin * dy, cos * dy - sin * dx, skin)
                                : texture(x, y, 1));
            }
        }
        return image;
    }

    private static Motion motion(float[] first, float[] second) {
        PatchFlow flow = new PatchFlow(W, H);
        float[][] from = flow.pyramid(first);
        float[][] to = flow.pyramid(second);
        flow.fill(from);
        flow.fill(to);
        Motion motion = new Motion(W, H);
        flow.compute(from, to, motion.forward);
        flow.compute(to, from, motion.backward);
        new RigidParts(W, H).mend(from, to, motion);
        GlobalMotion.check(motion);
        return motion;
    }

    private static double turned(Motion motion) {
        int count = 0;
        for (byte value : motion.turned) {
            count += value;
        }
        return (double) count / motion.turned.length;
    }

    @ParameterizedTest
    @ValueSource(ints = {-40, -30, -22, 25, 33})
    void aDiscThatTurnsFastIsFollowedThereAndBack(int degrees) {
        Motion motion = motion(picture(0, 0, 2), picture(degrees, 3, 2));
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double error = 0;
        int valid = 0;
        int count = 0;
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                double dx = x - CX;
                double dy = y - CY;
                if (dx * dx + dy * dy < 0.8 * RADIUS * RADIUS) {
                    int i = y * W + x;
                    error += Math.hypot(
                            motion.forward.u[i] - (cos * dx - sin * dy - dx + 3),
                            motion.forward.v[i] - (sin * dx + cos * dy - dy));
                    valid += motion.valid[i] > 0 ? 1 : 0;
                    count++;
                }
            }
        }
        assertThat(error / count).isLessThan(0.5);
        assertThat((double) valid / count).isGreaterThan(0.85);
        assertThat(turned(motion)).isGreaterThan(0.1);
    }

    @Test
    void whatIsReplacedByAnotherThingDoesNotTurn() {
        assertThat(turned(motion(picture(0, 0, 2), picture(0, 0, 3)))).isZero();
    }

    @Test
    void whatPatchesCanFollowIsLeftToThem() {
        assertThat(turned(motion(picture(0, 0, 2), picture(5, 2, 2)))).isZero();
    }
}
