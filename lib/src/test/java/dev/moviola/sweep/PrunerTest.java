package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrunerTest {
    @TempDir
    Path folder;

    @Test
    void theMedianRuleEndsWhatIsWorseThanHalfOfTheOthers() {
        TreeMap<Long, NavigableMap<Long, Double>> curves = new TreeMap<>();
        for (long trial = 0; trial < 5; trial++) {
            curves.put(trial, new TreeMap<>(java.util.Map.of(10L, 1.0 + trial, 20L, 0.5 + trial)));
        }
        curves.put(5L, new TreeMap<>(java.util.Map.of(10L, 3.5)));
        curves.put(6L, new TreeMap<>(java.util.Map.of(10L, 2.5)));

        assertThat(Pruner.median().prunes(curves, 5, 10)).isTrue();
        assertThat(Pruner.median().prunes(curves, 6, 10)).isFalse();
        assertThat(Pruner.median(7, 0).prunes(curves, 5, 10))
                .as("too few others")
                .isFalse();
        assertThat(Pruner.median(5, 11).prunes(curves, 5, 10)).as("too early").isFalse();
        assertThat(Pruner.none().prunes(curves, 5, 10)).isFalse();
    }

    @Test
    void halvingLetsOneInThreePassEachRung() {
        TreeMap<Long, NavigableMap<Long, Double>> curves = new TreeMap<>();
        Pruner pruner = Pruner.halving(1, 3);
        int passed = 0;
        for (long trial = 0; trial < 90; trial++) {
            // 37 and 90 have no common divisor: every loss from 0 to 89 once, in disorder
            curves.put(trial, new TreeMap<>(java.util.Map.of(1L, (double) (trial * 37 % 90))));
            passed += pruner.prunes(curves, trial, 1) ? 0 : 1;
        }

        assertThat(passed).isBetween(25, 40);
    }

    @Test
    void halvingComparesWhoeverLeapsOverARung() {
        TreeMap<Long, NavigableMap<Long, Double>> curves = new TreeMap<>();
        for (long trial = 0; trial < 6; trial++) {
            curves.put(trial, new TreeMap<>(java.util.Map.of(3L, (double) trial)));
        }
        curves.put(6L, new TreeMap<>(java.util.Map.of(2L, 1.0, 5L, 9.0)));

        assertThat(Pruner.halving(3, 2).prunes(curves, 6, 2)).isFalse();
        assertThat(Pruner.halving(3, 2).prunes(curves, 6, 5)).isTrue();
    }

    @Test
    void prunedTrialsCountAndAreNotTriedAgain() {
        int[] steps = new int[1];
        Study study = Study.inMemory()
                .space(Space.empty().real("x", 0, 1))
                .pruner(Pruner.median())
                .optimize(trial -> descend(trial, 1, steps), 40);

        List<TrialRecord> pruned = study.trials().stream()
                .filter(trial -> trial.state() == TrialState.PRUNED)
                .toList();
        assertThat(pruned).hasSizeBetween(10, 30);
        assertThat(pruned.get(0).failure()).startsWith("pruned at step ").contains("with value ");
        assertThat(steps[0]).isLessThan(40 * 10 * 3 / 4);
        assertThat(study.best().orElseThrow().value()).isLessThan(0.1);
        assertThat(study.trials()).hasSize(40);
    }

    @Test
    void whatWasReportedAndPrunedSurvivesTheProcess() {
        Space space = Space.empty().real("x", 0, 1);
        List<TrialRecord> before;
        NavigableMap<Long, Double> reports;
        try (Run run = Run.create(folder, "study", Parameters.none())) {
            Study study = Study.create(run).space(space).pruner(Pruner.median()).maximize("quality");
            study.optimize(trial -> descend(trial, -1, new int[1]), 20);
            before = study.trials();
            reports = study.reports(3);
            study.ask().report(1, 0.5);
        }
        try (Run run = Run.open(Run.latest(folder).orElseThrow())) {
            Study study = Study.create(run).space(space).pruner(Pruner.median()).maximize("quality");
            assertThat(study.trials().subList(0, 20)).isEqualTo(before);
            assertThat(study.reports(3)).isEqualTo(reports).isNotEmpty();
            Trial open = study.ask();
            assertThat(open.number()).isEqualTo(20);
            assertThat(study.reports(20)).as("of a trial that begins again").isEmpty();
            open.report(1, 0.25);
        }
    }

    @Test
    void reportsMustBeFiniteAndRise() {
        Study study = Study.inMemory().space(Space.empty().real("x", 0, 1));
        Trial trial = study.ask();
        trial.report(5, 1);

        assertThatThrownBy(() -> trial.report(5, 1)).hasMessageContaining("must rise, but after 5 came 5");
        assertThatThrownBy(() -> trial.report(6, Double.NaN)).hasMessageContaining("but was NaN");
        study.tell(trial, 1);
        assertThatThrownBy(() -> trial.report(7, 1)).hasMessageContaining("must be running");
        assertThatThrownBy(() -> Pruner.halving(0, 2)).hasMessageContaining("step 1 or later");
        assertThatThrownBy(() -> Pruner.median(0, 0)).hasMessageContaining("1 or more trials");
    }

    /** Falls to x, or with the sign turned rises to -x. */
    private static double descend(Trial trial, int sign, int[] steps) {
        double x = trial.settings().number("x");
        for (int step = 1; step <= 10; step++) {
            steps[0]++;
            trial.report(step, sign * (x + 1.0 / step));
            if (trial.shouldPrune()) {
                throw trial.pruned();
            }
        }
        return sign * x;
    }
}
