package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerChoiceTest {
    private static final Space NUMBERS = Space.empty().real("x", 0, 1).real("y", 0, 1);

    @Test
    void aSmallSpaceIsTriedAsAWhole() {
        Space space = Space.empty().integer("n", 1, 4).choice("control", "edge", "depth");

        assertThat(chosen(space, 8)).isEqualTo("grid");
        assertThat(SamplerChoice.of(space, 8).why()).contains("8 trials").contains("8 cells");
        assertThat(chosen(space, 7)).isEqualTo("sobol");
    }

    @Test
    void moneyIsSavedWithAGaussianProcessAsLongAsItCopes() {
        assertThat(chosen(NUMBERS, 60)).isEqualTo("gp");
        assertThat(chosen(NUMBERS, 5)).isEqualTo("sobol");
        assertThat(chosen(NUMBERS, 1_000)).isEqualTo("cmaes");
        assertThat(chosen(NUMBERS.choice("control", "edge", "depth"), 1_000)).isEqualTo("tpe");
        assertThat(chosen(Space.empty(), 60)).isEqualTo("tpe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "grid", "sobol", "halton", "latin", "tpe", "cmaes", "gp", "nsga2"})
    void everySamplerHasTheNameThatItIsAskedForBy(String name) {
        SamplerChoice choice = SamplerChoice.named(name, NUMBERS, 40);

        assertThat(choice.sampler().name()).isEqualTo(name);
        assertThat(choice.why()).contains(name);
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> SamplerChoice.named("bayes", NUMBERS, 40))
                .hasMessageContaining("must be auto or one of random, grid")
                .hasMessageContaining("but was bayes");
        assertThatThrownBy(() -> SamplerChoice.of(NUMBERS, 0)).hasMessageContaining("but there were 0");
    }

    private static String chosen(Space space, long trials) {
        return SamplerChoice.named("auto", space, trials).sampler().name();
    }
}
