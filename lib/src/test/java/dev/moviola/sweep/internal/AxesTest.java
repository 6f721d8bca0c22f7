package dev.moviola.sweep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxesTest {
    @Test
    void aPointLooksToTheFartherOfItsNeighboursAndTheOutermostToTheirOnlyOne() {
        Axes axes = axes(0.5, 0.1, 0.9, 0.6);

        assertThat(gaps(axes, 0, 1, 2, 3)).containsExactly(new double[] {0.4, 0.4, 0.3, 0.3}, within(1e-12));
    }

    @Test
    void neighboursThatAreNotChosenAreSeenThrough() {
        Axes axes = axes(0.5, 0.1, 0.9, 0.6);

        assertThat(gaps(axes, 0, 1, 2)).containsExactly(new double[] {0.4, 0.4, 0.4}, within(1e-12));
    }

    @Test
    void aPointThatIsAloneLooksToTheFartherEnd() {
        Axes axes = axes(0.5, 0.1, 0.9);

        assertThat(gaps(axes, 1)).containsExactly(new double[] {0.9}, within(1e-12));
        assertThat(gaps(axes, 2)).containsExactly(new double[] {0.9}, within(1e-12));
    }

    @Test
    void coordinatesThatAPointLacksAreInNobodysWay() {
        Axes axes = axes(0.2, Double.NaN, 0.7);

        assertThat(gaps(axes, 0, 2)).containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    }

    @Property(tries = 200)
    void gapsAreThoseThatASortOfTheChosenGives(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int count) {
        Random random = new Random(seed);
        double[] values = random.ints(count, 0, 50).mapToDouble(i -> i / 50.0).toArray();
        Axes axes = axes(values);
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (random.nextBoolean() || chosen.isEmpty() && i == count - 1) {
                chosen.add(i);
            }
        }
        double[] sorted = chosen.stream().mapToDouble(i -> values[i]).sorted().toArray();
        double[] expected = new double[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            double below = i == 0 ? 0 : sorted[i] - sorted[i - 1];
            double above = i == sorted.length - 1 ? 0 : sorted[i + 1] - sorted[i];
            expected[i] = sorted.length == 1 ? Math.max(sorted[0], 1 - sorted[0]) : Math.max(below, above);
        }

        double[] gaps = gaps(axes, chosen.stream().mapToInt(i -> i).toArray());

        Arrays.sort(gaps);
        Arrays.sort(expected);
        assertThat(gaps).containsExactly(expected, within(1e-12));
    }

    private static Axes axes(double... values) {
        Axes axes = new Axes(1);
        for (double value : values) {
            axes.add(new double[] {value});
        }
        return axes;
    }

    private static double[] gaps(Axes axes, int... rows) {
        int[] chosen = new int[axes.size()];
        Arrays.fill(chosen, -1);
        for (int i = 0; i < rows.length; i++) {
            chosen[rows[i]] = i;
        }
        double[] gaps = new double[rows.length];
        axes.gaps(0, chosen, gaps);
        return gaps;
    }
}
