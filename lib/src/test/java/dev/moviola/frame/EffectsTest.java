package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.frame.internal.StratifiedWelch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EffectsTest {
    @Test
    void oneStratumGivesWelchsTest() {
        // The two samples of the worked example of Welch's test that R prints for extra ~ group in its sleep data.
        double[] first = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
        double[] second = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
        StratifiedWelch test = new StratifiedWelch(1);
        for (double value : first) {
            test.add(0, false, value);
        }
        for (double value : second) {
            test.add(0, true, value);
        }
        StratifiedWelch.Result result = test.result().orElseThrow();
        assertThat(result.meanWith()).isCloseTo(2.33, within(1e-9));
        assertThat(result.meanWithout()).isCloseTo(0.75, within(1e-9));
        assertThat(result.p()).isCloseTo(0.07939, within(5e-6));
        assertThat(result.low()).isCloseTo(-0.2054832, within(5e-7));
        assertThat(result.high()).isCloseTo(3.3654832, within(5e-7));
    }

    @Test
    void clipsOfDifferentBasePromptsAreNotComparedWithEachOther() {
        StratifiedWelch test = new StratifiedWelch(3);
        // The first scene scores high and the second low, whatever the modifier; the third has one side only.
        for (double value : new double[] {10.0, 10.2, 9.8, 10.1}) {
            test.add(0, true, value + 1);
        }
        test.add(0, false, 10);
        test.add(0, false, 10.1);
        test.add(1, true, 1);
        for (double value : new double[] {0.1, -0.1, 0.0, 0.05, -0.05}) {
            test.add(1, false, value);
        }
        test.add(2, true, 500);
        StratifiedWelch.Result result = test.result().orElseThrow();
        assertThat(result.with()).isEqualTo(5);
        assertThat(result.without()).isEqualTo(7);
        assertThat(result.difference()).isCloseTo(1.0, within(0.05));
        assertThat(result.low()).isPositive();
    }

    @Test
    void tooFewClipsGiveADifferenceWithoutAnInterval() {
        StratifiedWelch test = new StratifiedWelch(1);
        test.add(0, true, 3);
        test.add(0, false, 1);
        test.add(0, false, 2);
        assertThat(test.result().orElseThrow().difference()).isEqualTo(1.5);
        assertThat(test.result().orElseThrow().low()).isNaN();
        assertThat(test.result().orElseThrow().p()).isNaN();
        assertThat(new StratifiedWelch(2).result()).isEmpty();
    }

    @Test
    void theIntervalHoldsTheTruthNinetyFiveTimesInAHundred() {
        Random random = new Random(7);
        int held = 0;
        int trials = 2_000;
        for (int trial = 0; trial < trials; trial++) {
            StratifiedWelch test = new StratifiedWelch(3);
            for (int stratum = 0; stratum < 3; stratum++) {
                for (int i = 0; i < 4 + stratum; i++) {
                    test.add(stratum, true, stratum * 5 + 1 + 2 * random.nextGaussian());
                }
                for (int i = 0; i < 12; i++) {
                    test.add(stratum, false, stratum * 5 + 0.5 * random.nextGaussian());
                }
            }
            StratifiedWelch.Result result = test.result().orElseThrow();
            held += result.low() <= 1 && 1 <= result.high() ? 1 : 0;
        }
        assertThat((double) held / trials).isBetween(0.935, 0.965);
    }

    @Test
    void theModifiersThatCauseADefectAreFoundAndTheHarmlessOneIsNot() {
        List<Effect> effects = Effects.of(Samples.campaign(200, 1));
        for (ModifierName modifier : Samples.MODIFIERS) {
            for (String defect : Columns.defectIds()) {
                Effect effect = effects.stream()
                        .filter(each -> each.modifier().equals(modifier)
                                && each.metric().equals(defect))
                        .findFirst()
                        .orElseThrow();
                if (modifier.text().endsWith("— " + defect)) {
                    assertThat(effect.isClear())
                            .as("%s on %s", modifier, defect)
                            .isTrue();
                    assertThat(effect.difference()).isBetween(0.45, 0.55);
                    assertThat(effect.low()).isLessThan(effect.difference());
                    assertThat(effect.estimate()).isBetween(0.45, 0.55);
                    assertThat(effect.isLikely()).isTrue();
                } else {
                    assertThat(Math.abs(effect.difference())).isLessThan(0.15);
                }
            }
        }
        assertThat(effects.stream().filter(Effect::isClear).map(Effect::modifier))
                .doesNotContain(new ModifierName("quality", "photorealistic 8K"));
        assertThat(effects.get(0).isClear()).isTrue();
    }

    @Test
    void qIsThatOfBenjaminiAndHochberg() {
        List<Effect> effects = Effects.of(Samples.campaign(60, 3), List.of("sharpness", "naturalness")).stream()
                .sorted(Comparator.comparingDouble(Effect::p))
                .toList();
        int tests = effects.size();
        assertThat(tests).isEqualTo(10);
        for (int i = 0; i < tests; i++) {
            double expected = 1;
            for (int j = i; j < tests; j++) {
                expected = Math.min(expected, effects.get(j).p() * tests / (j + 1));
            }
            assertThat(effects.get(i).q()).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void withoutScoresOrModifiersThereAreNoEffects() {
        assertThat(Effects.of(List.of())).isEmpty();
        assertThat(Effects.of(List.of(Samples.row(1, "a", List.of(), false, Map.of("overall", 50.0)))))
                .isEmpty();
        assertThat(Effects.table(List.of()).columnNames()).contains("pool", "difference", "q");
    }

    @Test
    void theTableHasARowForEachEffect() {
        List<Effect> effects = Effects.of(Samples.campaign(40, 5));
        var table = Effects.table(effects);
        assertThat(table.rowCount()).isEqualTo(effects.size());
        assertThat(table.stringColumn("metric").get(0)).isEqualTo(effects.get(0).metric());
        assertThat(table.doubleColumn("low").get(0)).isEqualTo(effects.get(0).low());
    }
}
