package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.internal.Dominance;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Nsga2SamplerTest extends SamplerContract {
    private static final Goal[] GOALS = {
        new Goal("near", Direction.MINIMIZE), new Goal("far", Direction.MAXIMIZE),
    };

    @TempDir
    Path folder;

    @Override
    Sampler sampler() {
        return Sampler.nsga2(12);
    }

    @Test
    void theFrontOfATextbookProblemIsCoveredBetterThanByChance() {
        double genetic = area(Sampler.nsga2(20), 400);
        double random = area(Sampler.random(), 400);

        // ZDT1: the area above the true front within 1.1 x 1.1 is about 0.876
        assertThat(genetic).isGreaterThan(0.7).isLessThan(0.8761);
        assertThat(genetic).isGreaterThan(random + 0.3);
    }

    @Test
    void itServesASingleGoalToo() {
        double genetic = TestFunctions.median(Sampler.nsga2(20), TestFunctions.SPHERE, 5, 400);
        double random = TestFunctions.median(Sampler.random(), TestFunctions.SPHERE, 5, 400);

        assertThat(genetic).isLessThan(0.3 * random);
    }

    @Test
    void frontsAreThoseOfPairwiseComparison() {
        List<double[]> losses = List.of(
                new double[] {1, 5},
                new double[] {2, 2},
                new double[] {5, 1},
                new double[] {3, 3},
                new double[] {6, 6},
                new double[] {2, 2});

        assertThat(Dominance.fronts(losses)).containsExactly(List.of(0, 1, 2, 5), List.of(3), List.of(4));
        assertThat(Dominance.dominates(new double[] {2, 2}, new double[] {2, 2}))
                .isFalse();
    }

    @Test
    void theFrontAndItsValuesSurviveTheProcess() {
        List<TrialRecord> before;
        try (Run run = Run.create(folder, "study", Parameters.none())) {
            Study study = study(run);
            study.optimizeAll(trial -> values(trial), 40, 1);
            before = study.front();
        }
        try (Run run = Run.open(Run.latest(folder).orElseThrow())) {
            Study study = study(run);
            assertThat(study.front()).isEqualTo(before).hasSizeGreaterThan(2);
            study.optimizeAll(trial -> values(trial), 45, 1);
            assertThat(study.trials()).hasSize(45);
        }
        try (Run run = Run.open(Run.latest(folder).orElseThrow())) {
            Study other = Study.create(run)
                    .space(Space.empty().real("x", 0, 1))
                    .sampler(Sampler.nsga2(8))
                    .goals(GOALS[1], GOALS[0]);
            assertThatThrownBy(other::trials).hasMessageContaining("must keep its");
        }
    }

    @Test
    void aSamplerOfOneGoalRefusesSeveral() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.tpe())
                .goals(GOALS);

        assertThatThrownBy(study::ask).hasMessageContaining("2 goals").hasMessageContaining("use nsga2");
    }

    @Test
    void eachGoalMustHaveItsValue() {
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.nsga2())
                .goals(GOALS);
        Trial trial = study.ask();

        assertThatThrownBy(() -> study.tell(trial, 1)).hasMessageContaining("each of the 2 goals, but there were 1");
        assertThatThrownBy(() -> study.tell(trial, new double[] {1, Double.NaN}))
                .hasMessageContaining("the far must be a finite number");
        assertThatThrownBy(() -> Study.inMemory().goals(GOALS[0], GOALS[0])).hasMessageContaining("each named once");
        study.tell(trial, new double[] {1, 2});
        assertThat(study.front()).hasSize(1);
    }

    private static Study study(Run run) {
        return Study.create(run)
                .space(Space.empty().real("x", 0, 1))
                .sampler(Sampler.nsga2(8))
                .goals(GOALS);
    }

    private static double[] values(Trial trial) {
        double x = trial.settings().number("x");
        return new double[] {x * x, 1 - (x - 1) * (x - 1)};
    }

    /** The area that the front of ZDT1 in four dimensions dominates within the point (1.1, 1.1). */
    private static double area(Sampler sampler, int trials) {
        Space space = Space.empty();
        for (int i = 0; i < 4; i++) {
            space = space.real("x" + i, 0, 1);
        }
        Study study = Study.inMemory()
                .space(space)
                .sampler(sampler)
                .goals(new Goal("f1", Direction.MINIMIZE), new Goal("f2", Direction.MINIMIZE))
                .optimizeAll(
                        trial -> {
                            double first = trial.settings().number("x0");
                            double rest = 1;
                            for (int i = 1; i < 4; i++) {
                                rest += 3 * trial.settings().number("x" + i);
                            }
                            return new double[] {first, rest * (1 - Math.sqrt(first / rest))};
                        },
                        trials,
                        1);
        double area = 0;
        double edge = 1.1;
        List<List<Double>> front = study.front().stream()
                .map(TrialRecord::values)
                .filter(values -> values.get(0) < 1.1 && values.get(1) < 1.1)
                .sorted(Comparator.comparingDouble((List<Double> values) -> values.get(0))
                        .reversed())
                .toList();
        for (List<Double> values : front) {
            area += (edge - values.get(0)) * (1.1 - values.get(1));
            edge = values.get(0);
        }
        return area;
    }
}
