package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ParzenEstimatorTest {
    private static final int CHOICES = 3;
    private static final int[] GROUP = {0, 1, 2};
    private static final int[] KINDS = {0, CHOICES, 0};

    @Property(tries = 200)
    void theDensityIsThatOfTheMixtureWrittenOut(@ForAll long seed, @ForAll @IntRange(max = 300) int kernels) {
        Mixture mixture = new Mixture(new Dice(seed, 0, "mixture"), kernels);
        ParzenEstimator estimator = mixture.estimator();
        Dice dice = new Dice(seed, 1, "points");

        for (int i = 0; i < 5; i++) {
            double[] point = point(dice);
            assertThat(estimator.logDensity(point)).isEqualTo(mixture.logDensity(point), within(1e-4));
        }
    }

    @Property(tries = 200)
    void whoHasSeenEnoughKnowsThatItIsEnough(@ForAll long seed, @ForAll @IntRange(max = 300) int kernels) {
        ParzenEstimator estimator = new Mixture(new Dice(seed, 0, "mixture"), kernels).estimator();
        Dice dice = new Dice(seed, 1, "points");

        for (int i = 0; i < 5; i++) {
            double[] point = point(dice);
            double whole = estimator.logDensity(point);
            double enough = whole + 4 * dice.unit() - 2;
            double seen = estimator.logDensity(point, enough);
            if (whole > enough + 1e-9) {
                assertThat(seen).isGreaterThan(enough).isLessThanOrEqualTo(whole + 1e-9);
            } else if (whole < enough - 1e-9) {
                assertThat(seen).isEqualTo(whole);
            }
        }
    }

    private static double[] point(Dice dice) {
        return new double[] {dice.unit(), dice.unit(), dice.unit()};
    }

    /** Kernels of all widths, most of them narrow. */
    private static final class Mixture {
        private final double[][] points;
        private final double[] weights;
        private final double[][] sigma;

        Mixture(Dice dice, int kernels) {
            points = new double[kernels][];
            weights = new double[kernels];
            sigma = new double[GROUP.length][kernels];
            for (int k = 0; k < kernels; k++) {
                points[k] = point(dice);
                weights[k] = 0.1 + dice.unit();
                for (double[] along : sigma) {
                    along[k] = 0.01 + Math.pow(dice.unit(), 3);
                }
            }
        }

        ParzenEstimator estimator() {
            return new ParzenEstimator(points, weights, GROUP, KINDS, sigma);
        }

        double logDensity(double[] at) {
            double seen = points.length + 1;
            double loyalty = seen / (seen + CHOICES);
            double density = 1;
            for (int k = 0; k < points.length; k++) {
                boolean same = (int) (at[1] * CHOICES) == (int) (points[k][1] * CHOICES);
                double choice = (1 - loyalty) + (same ? loyalty * CHOICES : 0);
                density += weights[k]
                        * normal(at[0], points[k][0], sigma[0][k])
                        * choice
                        * normal(at[2], points[k][2], sigma[2][k]);
            }
            return Math.log(density / (1 + Arrays.stream(weights).sum()));
        }

        private static double normal(double at, double center, double wide) {
            double inside = Normal.below((1 - center) / wide) - Normal.below(-center / wide);
            double z = (at - center) / wide;
            return Math.exp(-z * z / 2) / (wide * Math.sqrt(2 * Math.PI) * inside);
        }
    }
}
