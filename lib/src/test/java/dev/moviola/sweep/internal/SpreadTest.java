package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static final int[] BOTH = {0, 1};

    @Test
    void pointsOfOneOptimumAreNotNeighboursOfThoseOfAnother() {
        double[] first = spread(0, new int[] {0, 0}, new double[][] {
            {0.1, 0.1}, {0.12, 0.1}, {0.1, 0.12}, {0.12, 0.12}, {0.9, 0.1}, {0.9, 0.9}
        });

        assertThat(first[0]).isEqualTo(Math.sqrt(2 * 0.02 * 0.02 / 3), within(1e-12));
        assertThat(first[5]).isGreaterThan(0.5);
    }

    @Test
    void pointsWithTheSameChoiceAreNearer() {
        double[] along = spread(1, new int[] {2, 0}, new double[][] {
            {0.25, 0.5}, {0.25, 0.52}, {0.25, 0.48}, {0.25, 0.53}, {0.75, 0.5}, {0.75, 0.9}
        });

        assertThat(along[0]).isEqualTo(Math.sqrt((0.0004 + 0.0004 + 0.0009) / 3), within(1e-12));
    }

    @Test
    void aPointThatIsAloneIsAsWideAsAUniformCoordinate() {
        assertThat(spread(0, new int[] {0, 0}, new double[][] {{0.3, 0.7}})[0])
                .isEqualTo(1 / Math.sqrt(12), within(1e-12));
    }

    @Test
    void pointsThatAllAgreeHaveNoSpread() {
        assertThat(spread(0, new int[] {0, 0}, new double[][] {{0.3, 0.7}, {0.3, 0.7}, {0.3, 0.2}}))
                .containsOnly(0);
    }

    private static double[] spread(int coordinate, int[] choices, double[][] points) {
        double[] weights = new double[points.length];
        Arrays.fill(weights, 1);
        double[] into = new double[points.length];
        new Spread(points, weights, BOTH, choices).along(coordinate, into);
        return into;
    }
}
