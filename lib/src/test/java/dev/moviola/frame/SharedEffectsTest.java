package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.frame.internal.SharedEffects;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedEffectsTest {
    @Test
    void aFactorThatOnlyCameWithAGuiltyOneIsNotBlamed() {
        List<int[]> used = new ArrayList<>();
        double[] values = new double[40];
        for (int i = 0; i < 40; i++) {
            boolean guilty = i % 2 == 0;
            boolean companion = i % 4 == 0;
            used.add(companion ? new int[] {0, 1} : guilty ? new int[] {0} : new int[] {2});
            values[i] = (guilty ? 10 : 0) + 0.1 * (i % 5);
        }
        SharedEffects.Estimate estimate =
                new SharedEffects(3, used, new int[40]).on(values).orElseThrow();
        assertThat(estimate.effect()[0] - estimate.effect()[2]).isCloseTo(10, within(0.3));
        assertThat(estimate.effect()[1]).isCloseTo(0, within(0.3));
    }

    @Test
    void factorsThatAlwaysComeTogetherShareWhatTheyDo() {
        List<int[]> used = new ArrayList<>();
        double[] values = new double[24];
        for (int i = 0; i < 24; i++) {
            used.add(i % 3 == 0 ? new int[] {0, 1} : new int[] {});
            values[i] = (i % 3 == 0 ? 8 : 0) + 0.2 * (i % 4);
        }
        SharedEffects.Estimate estimate =
                new SharedEffects(2, used, new int[24]).on(values).orElseThrow();
        assertThat(estimate.effect()[0]).isCloseTo(estimate.effect()[1], within(1e-9));
        assertThat(estimate.effect()[0] + estimate.effect()[1]).isCloseTo(8, within(0.5));
        assertThat(estimate.high()[0] - estimate.low()[0])
                .as("one cannot tell which of the two it is")
                .isGreaterThan(4);
    }

    @Test
    void oneClipSaysLessThanTen() {
        Random random = new Random(3);
        List<int[]> used = new ArrayList<>();
        double[] values = new double[31];
        for (int i = 0; i < 31; i++) {
            used.add(i < 10 ? new int[] {0} : i == 10 ? new int[] {1} : new int[] {2 + i % 5});
            values[i] = (i <= 10 ? -20 : 0) + 10 * random.nextGaussian();
        }
        values[10] =
                IntStream.range(0, 10).mapToDouble(i -> values[i]).average().orElseThrow();
        SharedEffects.Estimate estimate =
                new SharedEffects(7, used, new int[31]).on(values).orElseThrow();
        assertThat(estimate.effect()[1]).isNegative();
        assertThat(Math.abs(estimate.effect()[1])).isLessThan(Math.abs(estimate.effect()[0]));
        assertThat(estimate.high()[1] - estimate.low()[1])
                .isGreaterThan(1.2 * (estimate.high()[0] - estimate.low()[0]));
    }

    @Test
    void rowsOfDifferentStrataAreNotCompared() {
        List<int[]> used = new ArrayList<>();
        double[] values = new double[40];
        int[] stratum = new int[40];
        for (int i = 0; i < 40; i++) {
            stratum[i] = i < 20 ? 0 : 1;
            // the factor is common where values are high, but does nothing
            boolean with = i < 20 ? i % 5 != 0 : i % 5 == 0;
            used.add(with ? new int[] {0} : new int[] {});
            values[i] = (i < 20 ? 100 : 0) + (i * 7 % 11) * 0.1;
        }
        SharedEffects.Estimate estimate =
                new SharedEffects(1, used, stratum).on(values).orElseThrow();
        assertThat(estimate.effect()[0]).isCloseTo(0, within(0.3));
    }

    @Test
    void intervalsHoldTheTruthNinetyFiveTimesInAHundred() {
        Random random = new Random(11);
        int held = 0;
        int looked = 0;
        for (int trial = 0; trial < 300; trial++) {
            int factors = 12;
            double[] truth = random.doubles(factors)
                    .map(ignored -> 3 * random.nextGaussian())
                    .toArray();
            List<int[]> used = new ArrayList<>();
            double[] values = new double[24];
            int[] stratum = new int[24];
            for (int i = 0; i < 24; i++) {
                used.add(random.ints(0, factors)
                        .distinct()
                        .limit(1 + random.nextInt(3))
                        .toArray());
                stratum[i] = i % 2;
                values[i] = 50 * stratum[i]
                        + IntStream.of(used.get(i)).mapToDouble(f -> truth[f]).sum()
                        + 2 * random.nextGaussian();
            }
            SharedEffects.Estimate estimate =
                    new SharedEffects(factors, used, stratum).on(values).orElseThrow();
            for (int f = 0; f < factors; f++) {
                looked++;
                held += estimate.low()[f] <= truth[f] && truth[f] <= estimate.high()[f] ? 1 : 0;
            }
        }
        assertThat((double) held / looked).isBetween(0.92, 0.98);
    }

    @Test
    void nothingIsSaidOfTooFewRowsOrOfNoSpread() {
        List<int[]> used = List.of(new int[] {0}, new int[] {}, new int[] {0}, new int[] {}, new int[] {0});
        assertThat(new SharedEffects(1, used.subList(0, 3), new int[3]).on(new double[] {1, 2, 3}))
                .isEmpty();
        assertThat(new SharedEffects(1, used, new int[5]).on(new double[] {4, 4, 4, 4, 4}))
                .isEmpty();
    }
}
