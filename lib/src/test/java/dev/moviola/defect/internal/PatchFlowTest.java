package dev.moviola.defect.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatchFlowTest {
    private static final int W = 212;
    private static final int H = 120;

    /** Smooth random texture whose contrast falls with frequency, as in pictures, at real coordinates. */
    private static double texture(double x, double y) {
        double value = 128;
        double[] scales = {3.5, 7, 14, 28, 56};
        for (int i = 0; i < scales.length; i++) {
            value += Math.sqrt(scales[i]) * 6 * noise(x / scales[i] + 100 * i, y / scales[i] + 37 * i);
        }
        return value;
    }

    private static double noise(double x, double y) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double ax = x - ix;
        double ay = y - iy;
        ax = ax * ax * (3 - 2 * ax);
        ay = ay * ay * (3 - 2 * ay);
        return (1 - ay) * ((1 - ax) * lattice(ix, iy) + ax * lattice(ix + 1, iy))
                + ay * ((1 - ax) * lattice(ix, iy + 1) + ax * lattice(ix + 1, iy + 1));
    }

    private static double lattice(int x, int y) {
        return new java.util.SplittableRandom(x * 73856093L ^ y * 19349663L).nextDouble() * 2 - 1;
    }

    private interface Mapping {
        /** Where the point of the first picture that is seen at x, y of the second one lies. */
        double[] source(double x, double y);
    }

    private static float[] render(Mapping mapping) {
        float[] image = new float[W * H];
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                double[] at = mapping.source(x, y);
                image[y * W + x] = (float) Math.rint(texture(at[0], at[1]));
            }
        }
        return image;
    }

    /** Mean distance between computed and true motion, away from the border. */
    private static double endpointError(Mapping inverse, Mapping forward) {
        PatchFlow flow = new PatchFlow(W, H);
        float[][] a = flow.pyramid(render((x, y) -> new double[] {x, y}));
        float[][] b = flow.pyramid(render(inverse));
        flow.fill(a);
        flow.fill(b);
        Field field = new Field(W, H);
        flow.compute(a, b, field);
        double total = 0;
        int n = 0;
        for (int y = 16; y < H - 16; y++) {
            for (int x = 16; x < W - 16; x++) {
                double[] to = forward.source(x, y);
                total += Math.hypot(x + field.u[y * W + x] - to[0], y + field.v[y * W + x] - to[1]);
                n++;
            }
        }
        return total / n;
    }

    @Test
    void aTranslationIsFoundToATwentiethOfAPixel() {
        for (double[] shift : new double[][] {{0.4, -0.3}, {2.5, 1.25}, {-7, 4}}) {
            assertThat(endpointError((x, y) -> new double[] {x - shift[0], y - shift[1]}, (x, y) ->
                            new double[] {x + shift[0], y + shift[1]}))
                    .as("shift by %s, %s", shift[0], shift[1])
                    .isLessThan(0.05);
        }
    }

    @Test
    void aRotationIsFoundToATenthOfAPixel() {
        double angle = Math.toRadians(3);
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        assertThat(endpointError(
                        (x, y) -> new double[] {106 + c * (x - 106) + s * (y - 60), 60 - s * (x - 106) + c * (y - 60)},
                        (x, y) -> new double[] {106 + c * (x - 106) - s * (y - 60), 60 + s * (x - 106) + c * (y - 60)}))
                .isLessThan(0.1);
    }

    @Test
    void aZoomIsFoundToATenthOfAPixel() {
        double zoom = 1.04;
        assertThat(endpointError((x, y) -> new double[] {106 + (x - 106) / zoom, 60 + (y - 60) / zoom}, (x, y) ->
                        new double[] {106 + (x - 106) * zoom, 60 + (y - 60) * zoom}))
                .isLessThan(0.1);
    }

    @Test
    void aChangeOfBrightnessIsNoMotion() {
        PatchFlow flow = new PatchFlow(W, H);
        float[][] a = flow.pyramid(render((x, y) -> new double[] {x, y}));
        float[][] b = flow.pyramid(a[0].clone());
        for (int i = 0; i < b[0].length; i++) {
            b[0][i] += 20;
        }
        flow.fill(a);
        flow.fill(b);
        Field field = new Field(W, H);
        flow.compute(a, b, field);
        for (float u : field.u) {
            assertThat(Math.abs(u)).isLessThan(0.02f);
        }
    }

    @Test
    void theGlobalMotionOfAZoomIsFoundAndAMovingObjectStandsOut() {
        Motion motion = new Motion(W, H);
        for (int y = 0; y < H; y++) {
            for (int x = 0; x < W; x++) {
                int i = y * W + x;
                boolean object = x > 40 && x < 70 && y > 30 && y < 60;
                motion.forward.u[i] = (float) (0.02 * (x - W * 0.5) + 1 + (object ? 3 : 0));
                motion.forward.v[i] = (float) (0.02 * (y - H * 0.5) - 0.5);
                motion.valid[i] = 1;
            }
        }
        GlobalMotion.fit(motion);
        assertThat(motion.global[0]).isBetween(0.9, 1.1);
        assertThat(motion.global[1]).isBetween(0.019, 0.021);
        assertThat(motion.global[3]).isBetween(-0.6, -0.4);
        assertThat(motion.residual.u[45 * W + 55]).isBetween(2.8f, 3.2f);
        assertThat(motion.residual.u[90 * W + 150]).isBetween(-0.2f, 0.2f);
    }
}
