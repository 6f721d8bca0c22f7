package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GpSamplerTest extends SamplerContract {
    private static final int SEEDS = 3;
    private static final int TRIALS = 40;

    @Override
    Sampler sampler() {
        return Sampler.gaussianProcess();
    }

    @Test
    void fortyTrialsSufficeForBranin() {
        double optimum = 0.397887;
        double found = TestFunctions.median(Sampler.gaussianProcess(), TestFunctions.BRANIN, SEEDS, TRIALS) - optimum;

        assertThat(found).isBetween(0.0, 0.01);
    }

    @Test
    void itIsAheadOfTheParzenEstimatorOnHartmannAndSphere() {
        for (TestFunctions function : new TestFunctions[] {TestFunctions.HARTMANN, TestFunctions.SPHERE}) {
            double process = TestFunctions.median(Sampler.gaussianProcess(), function, SEEDS, TRIALS);
            double parzen = TestFunctions.median(Sampler.tpe(), function, SEEDS, TRIALS);

            assertThat(process).isLessThan(parzen);
        }
    }

    @Test
    void aParameterThatMattersLittleIsNotTakenForUseless() {
        double optimum = -3.86278;
        double found = TestFunctions.median(Sampler.gaussianProcess(), TestFunctions.HARTMANN_3, 5, 60) - optimum;

        assertThat(found).isBetween(0.0, 0.001);
    }

    @Test
    void trialsInParallelKeepApart() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.gaussianProcess().seed(2))
                .optimize(trial -> Math.abs(trial.settings().number("x") - 0.3), 20);
        double[] together = new double[8];
        for (int i = 0; i < together.length; i++) {
            together[i] = study.ask().settings().number("x");
        }
        Arrays.sort(together);

        assertThat(together[7] - together[0]).isGreaterThan(0.02);
        assertThat(Arrays.stream(together).distinct()).hasSize(8);
    }
}
