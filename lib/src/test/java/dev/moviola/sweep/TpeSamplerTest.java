package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.Parameters;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TpeSamplerTest extends SamplerContract {
    private static final int SEEDS = 11;
    private static final int TRIALS = 80;

    @Override
    Sampler sampler() {
        return Sampler.tpe();
    }

    @Test
    void itBeatsRandomOnSphere() {
        double tpe = TestFunctions.median(Sampler.tpe(), TestFunctions.SPHERE, SEEDS, TRIALS);
        double random = TestFunctions.median(Sampler.random(), TestFunctions.SPHERE, SEEDS, TRIALS);

        assertThat(tpe).isLessThan(0.5 * random);
    }

    @Test
    void itBeatsRandomOnBranin() {
        double optimum = 0.397887;
        double tpe = TestFunctions.median(Sampler.tpe(), TestFunctions.BRANIN, SEEDS, TRIALS) - optimum;
        double random = TestFunctions.median(Sampler.random(), TestFunctions.BRANIN, SEEDS, TRIALS) - optimum;

        assertThat(tpe).isPositive().isLessThan(0.7 * random);
    }

    @Test
    void itBeatsRandomOnHartmann() {
        double optimum = -3.32237;
        double tpe = TestFunctions.median(Sampler.tpe(), TestFunctions.HARTMANN, SEEDS, TRIALS) - optimum;
        double random = TestFunctions.median(Sampler.random(), TestFunctions.HARTMANN, SEEDS, TRIALS) - optimum;

        assertThat(tpe).isPositive().isLessThan(0.8 * random);
    }

    @Test
    void itLearnsWhichChoiceAndWhichBranchIsBest() {
        Space space =
                Space.empty().choice("kind", "a", "b", "c", "d").real("x", 0, 1).when("kind", "c");
        Study study = Study.inMemory()
                .space(space)
                .sampler(Sampler.tpe().seed(5))
                .optimize(
                        trial -> trial.settings().text("kind").equals("c")
                                ? Math.abs(trial.settings().number("x") - 0.8)
                                : 1,
                        80);

        long inBranch = study.trials().stream()
                .skip(40)
                .filter(t -> t.settings().text("kind").equals("c"))
                .count();
        assertThat(inBranch).isGreaterThan(20);
        assertThat(study.best().orElseThrow().value()).isLessThan(0.05);
    }

    @Test
    void itLearnsAParameterThatNoneOfTheBestTrialsHas() {
        SamplerSession session =
                Sampler.tpe().seed(3).start(Space.empty().real("x", 0, 1).real("y", 0, 1));
        int told = 40;
        for (int i = 0; i < told; i++) {
            double x = (double) i / told;
            if (i % 2 == 0) {
                session.tell(i, Parameters.of("y", 0.5), Double.valueOf(0.2));
            } else {
                session.tell(i, Parameters.of("x", x, "y", 0.5), Double.valueOf(1 + Math.abs(x - 0.8)));
            }
        }

        assertThat(LongStream.range(told, told + 100)
                        .mapToDouble(number -> session.ask(number).orElseThrow().number("x"))
                        .map(x -> Math.abs(x - 0.8))
                        .average()
                        .orElseThrow())
                .isLessThan(0.15);
    }

    @Test
    void trialsInParallelKeepApart() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.tpe().seed(2))
                .optimize(trial -> Math.abs(trial.settings().number("x") - 0.3), 30);
        double[] together = new double[10];
        for (int i = 0; i < together.length; i++) {
            together[i] = study.ask().settings().number("x");
        }
        Arrays.sort(together);

        assertThat(together[9] - together[0]).isGreaterThan(0.02);
        assertThat(Arrays.stream(together).distinct()).hasSize(10);
    }
}
