package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianProcessTest {
    private static final boolean[] TWO = {true, true};

    @Test
    void itPassesThroughWhatItSawAndIsUnsureElsewhere() {
        List<double[]> points = points(12, 2);
        double[] values = values(points, p -> StrictMath.sin(5 * p[0]));
        GaussianProcess process = GaussianProcess.fit(points, values, TWO, 2);
        for (int i = 0; i < points.size(); i++) {
            GaussianProcess.Normal there = process.at(points.get(i));
            assertThat(there.mean()).isCloseTo(values[i], within(0.1));
            assertThat(there.deviation()).isLessThan(0.2);
        }
        double[] far = {5, -4};
        assertThat(process.at(far).deviation())
                .isGreaterThan(process.at(points.get(0)).deviation() * 5);
    }

    @Test
    void aCoordinateThatDoesNothingGetsALongLengthScale() {
        List<double[]> points = points(40, 2);
        double[] values = values(points, p -> StrictMath.sin(6 * p[0]));

        GaussianProcess process = GaussianProcess.fit(points, values, TWO, 2);

        assertThat(process.lengthScale(1)).isGreaterThan(10 * process.lengthScale(0));
    }

    @Test
    void noiseIsToldFromSignal() {
        List<double[]> points = points(80, 1);
        Dice dice = new Dice(4, 0, "noise");
        double[] values = values(points, p -> 2 * p[0] - 1 + 0.3 * dice.normal());

        GaussianProcess process = GaussianProcess.fit(points, values, new boolean[] {true}, 2);

        assertThat(process.noise()).isBetween(0.04, 0.2);
        assertThat(process.at(new double[] {0.5}).mean()).isCloseTo(0, within(0.2));
    }

    @Test
    void pointsThatCoincideOrAreCloseDoNoHarm() {
        List<double[]> points = new ArrayList<>();
        double[] values = new double[60];
        for (int i = 0; i < 60; i++) {
            points.add(new double[] {0.5 + 1e-9 * (i % 7), 0.25});
            values[i] = i % 2 == 0 ? -1 : 1;
        }

        GaussianProcess process = GaussianProcess.fit(points, values, TWO, 2);

        assertThat(process.at(points.get(0)).mean()).isCloseTo(0, within(0.2));
    }

    @Test
    void choicesAreEqualOrNotAndInactiveCoordinatesAreAlike() {
        List<double[]> points = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            int choice = i % 3;
            double inner = choice == 2 ? i / 18.0 : Double.NaN;
            points.add(new double[] {(choice + 0.5) / 3, inner});
            values.add(choice == 0 ? -1.0 : choice == 1 ? 1.0 : inner);
        }
        GaussianProcess process = GaussianProcess.fit(
                points, values.stream().mapToDouble(v -> v).toArray(), new boolean[] {false, true}, 2);

        assertThat(process.at(new double[] {0.5 / 3, Double.NaN}).mean()).isCloseTo(-1, within(0.1));
        assertThat(process.at(new double[] {1.5 / 3, Double.NaN}).mean()).isCloseTo(1, within(0.1));
        assertThat(process.at(new double[] {2.5 / 3, 0.5}).mean()).isCloseTo(0.5, within(0.1));
    }

    @Test
    void newObservationsMoveItWithoutANewFit() {
        List<double[]> points = points(10, 1);
        double[] values = values(points, p -> 0.0 + p[0]);
        GaussianProcess process = GaussianProcess.fit(points, values, new boolean[] {true}, 2);
        List<double[]> more = new ArrayList<>(points);
        double[] extra = {1.4};
        more.add(extra);
        double[] moreValues = Arrays.copyOf(values, 11);
        moreValues[10] = 3;

        GaussianProcess moved = process.observing(more, moreValues);

        assertThat(moved.at(extra).mean()).isCloseTo(3, within(0.3));
        assertThat(moved.lengthScale(0)).isCloseTo(process.lengthScale(0), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1.0987396653277078",
        "1.5, 0.4248145567622593",
        "0.5, -0.35982768374506382",
        "0, -0.91893853320467274",
        "-0.5, -1.6205162643873199",
        "-0.999, -2.4832171154475854",
        "-1.5, -3.5299359208057099",
        "-5, -16.74430116266099",
        "-20, -206.9178385094251",
        "-100, -5010.1295788002498",
        "-2000, -2000016.1207442023"
    })
    void theLogOfTheExpectedImprovementKeepsItsDigits(double z, double wanted) {
        // Reference values from 50-digit arithmetic.
        assertThat(LogExpectedImprovement.of(z)).isCloseTo(wanted, within(1e-10 * Math.max(1, Math.abs(wanted))));
    }

    @Test
    void improvementGrowsWithDoubtAndWithPromise() {
        assertThat(LogExpectedImprovement.of(1, 2, 0)).isGreaterThan(LogExpectedImprovement.of(1, 1, 0));
        assertThat(LogExpectedImprovement.of(0.5, 1, 0)).isGreaterThan(LogExpectedImprovement.of(1, 1, 0));
    }

    @Test
    void aMixtureStaysInDoubtWhereOneProcessWouldNot() {
        List<double[]> points = points(10, 2).stream()
                .map(point -> new double[] {0.05 * point[0], point[1]})
                .toList();
        double[] values = values(points, p -> StrictMath.sin(5 * p[1]));
        double[] elsewhere = {1, points.get(0)[1]};
        GaussianProcess sure = GaussianProcess.fit(points, values, TWO, 7.5);
        double best = points.stream()
                .mapToDouble(point -> sure.at(point).mean())
                .min()
                .orElseThrow();
        GaussianProcess.Normal there = sure.at(elsewhere);

        ProcessMixture mixture = ProcessMixture.fit(points, values, TWO);

        assertThat(mixture.logGain(elsewhere))
                .isGreaterThan(1 + LogExpectedImprovement.of(there.mean(), there.deviation(), best));
    }

    @Test
    void aMixtureExpectsNoGainWhereATrialIsRunning() {
        List<double[]> points = points(10, 1);
        double[] values = values(points, p -> StrictMath.sin(5 * p[0]));
        double[] running = {0.97};
        ProcessMixture before = ProcessMixture.fit(points, values, new boolean[] {true});

        ProcessMixture after = before.observing(points, values, List.of(running));

        assertThat(after.mean(running)).isCloseTo(before.mean(running), within(0.01));
        assertThat(after.logGain(running)).isLessThan(before.logGain(running) - 1);
    }

    @Test
    void theDescentFollowsACurvedValleyAndStopsAtBounds() {
        Descent.Function rosenbrock = (x, gradient) -> {
            double off = x[1] - x[0] * x[0];
            gradient[0] = -400 * x[0] * off - 2 * (1 - x[0]);
            gradient[1] = 200 * off;
            return 100 * off * off + (1 - x[0]) * (1 - x[0]);
        };
        double[] low = {-2, -2};
        Descent.Found free = Descent.minimise(rosenbrock, new double[] {-1.2, 1}, low, new double[] {2, 2}, 200);
        Descent.Found bound = Descent.minimise(rosenbrock, new double[] {-1.2, 1}, low, new double[] {0.5, 2}, 200);

        assertThat(free.value()).isLessThan(1e-8);
        assertThat(bound.point()[0]).isCloseTo(0.5, within(1e-6));
        assertThat(bound.point()[1]).isCloseTo(0.25, within(1e-4));
    }

    @Test
    void theNormaliserKeepsTheOrderAndTamesOutliers() {
        double[] values = {1, 2, 3, 5, 8, 1e6, 13, 0.5};

        double[] normal = Normaliser.of(values);

        assertThat(order(normal)).isEqualTo(order(values));
        assertThat(Arrays.stream(normal).max().orElseThrow()).isLessThan(3);
        assertThat(Arrays.stream(normal).average().orElseThrow()).isCloseTo(0, within(1e-9));
        assertThat(Normaliser.of(new double[] {4, 4, 4})).containsOnly(0);
    }

    private static List<Integer> order(double[] values) {
        return java.util.stream.IntStream.range(0, values.length)
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> values[i]))
                .toList();
    }

    private static List<double[]> points(int count, int size) {
        Dice dice = new Dice(1, count, "points");
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] point = new double[size];
            for (int c = 0; c < size; c++) {
                point[c] = dice.unit();
            }
            points.add(point);
        }
        return points;
    }

    private static double[] values(List<double[]> points, ToDoubleFunction<double[]> function) {
        return points.stream().mapToDouble(function).toArray();
    }
}
