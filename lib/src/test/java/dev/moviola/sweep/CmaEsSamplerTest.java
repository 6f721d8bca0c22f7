package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CmaEsSamplerTest extends SamplerContract {
    @Override
    Sampler sampler() {
        return Sampler.cmaEs();
    }

    @Test
    void itClosesInOnTheOptimumOfASphere() {
        assertThat(TestFunctions.median(Sampler.cmaEs(), TestFunctions.SPHERE, 5, 600))
                .isLessThan(1e-4);
    }

    @Test
    void itBeatsRandomOnHartmann() {
        double optimum = -3.32237;
        double cma = TestFunctions.median(Sampler.cmaEs(), TestFunctions.HARTMANN, 11, 150) - optimum;
        double random = TestFunctions.median(Sampler.random(), TestFunctions.HARTMANN, 11, 150) - optimum;

        assertThat(cma).isPositive().isLessThan(0.6 * random);
    }

    @Test
    void itFollowsACurvedValley() {
        TestFunctions rosenbrock = new TestFunctions(
                Space.empty().real("x", -2, 2).real("y", -1, 3),
                x -> 100 * (x[1] - x[0] * x[0]) * (x[1] - x[0] * x[0]) + (1 - x[0]) * (1 - x[0]));

        assertThat(TestFunctions.median(Sampler.cmaEs(), rosenbrock, 5, 600)).isLessThan(1e-4);
    }

    @Test
    void itBeginsAnewWhenItIsStuck() {
        // Without a restart all late trials would lie where the first descent ended.
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.cmaEs())
                .optimize(trial -> Math.abs(trial.settings().number("x") - 0.2), 1_000);
        double farthest = study.trials().stream()
                .skip(500)
                .mapToDouble(trial -> trial.settings().number("x"))
                .max()
                .orElseThrow();

        assertThat(farthest).isGreaterThan(0.4);
    }

    @Test
    void itFindsWholeNumbersAndChoices() {
        Study study = Study.inMemory()
                .space(Space.empty().integer("n", 0, 20).real("x", 0, 1).choice("kind", "a", "b", "c"))
                .sampler(Sampler.cmaEs().seed(3))
                .optimize(
                        trial -> Math.abs(trial.settings().number("n") - 17)
                                + Math.abs(trial.settings().number("x") - 0.9)
                                + (trial.settings().text("kind").equals("c") ? 0 : 2),
                        300);

        assertThat(study.best().orElseThrow().settings().text("kind")).isEqualTo("c");
        assertThat(study.best().orElseThrow().settings().integer("n")).isEqualTo(17);
    }

    @Test
    void itRefusesSpacesThatAreTooLarge() {
        Space space =
                Space.empty().choice("kind", IntStream.range(0, 300).boxed().toArray());

        assertThatThrownBy(() -> Sampler.cmaEs().start(space)).hasMessageContaining("at most 200 coordinates");
    }
}
