package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudySnapshotTest {
    @TempDir
    private Path runs;

    @Test
    void aStudyIsReadFromItsRunWithoutWritingToIt() {
        Space space = Space.empty().real("guidance", 1, 10).choice("control", "edge", "depth");
        Path folder;
        StudySnapshot written;
        try (Run run = Run.create(runs, "study", Parameters.none())) {
            folder = run.folder();
            Study study = Study.create(run)
                    .space(space)
                    .goals(new Goal("melt", Direction.MINIMIZE), new Goal("sharp ness", Direction.MAXIMIZE))
                    .sampler(Sampler.random());
            for (int i = 0; i < 4; i++) {
                Trial trial = study.ask();
                if (i == 0) {
                    study.tellFailure(trial, "no clip");
                } else if (i == 1) {
                    trial.report(3, 0.7);
                    study.tellPruned(trial);
                } else if (i == 2) {
                    study.tell(trial, new double[] {0.2, 0.9});
                }
            }
            written = study.snapshot();
            assertThat(StudySnapshot.of(run)).contains(written);
        }
        try (Run run = Run.look(folder)) {
            StudySnapshot read = StudySnapshot.of(run).orElseThrow();

            assertThat(read).isEqualTo(written);
            assertThat(read.trials())
                    .extracting(TrialRecord::state)
                    .containsExactly(TrialState.FAILED, TrialState.PRUNED, TrialState.COMPLETE, TrialState.RUNNING);
            assertThat(read.reached()).containsOnlyKeys(1L).containsValue(0.7);
            assertThat(read.times()).hasSize(4);
            assertThat(read.times().get(2L).took()).isPresent();
            assertThat(read.times().get(3L).took()).isEmpty();
            assertThat(read.best()).contains(read.trials().get(2));
        }
    }

    @Test
    void aLedgerWithoutAStudyHasNone() {
        try (Ledger ledger = Ledger.inMemory()) {
            assertThat(StudySnapshot.of(ledger)).isEmpty();
        }
    }

    @Test
    void theFrontOfTenThousandTrialsIsThatOfComparingAll() {
        List<Goal> goals = List.of(new Goal("melt", Direction.MINIMIZE), new Goal("sharpness", Direction.MAXIMIZE));
        List<TrialRecord> trials = new ArrayList<>();
        java.util.Random random = new java.util.Random(4);
        for (int i = 0; i < 10_000; i++) {
            List<Double> values = List.of(random.nextInt(300) / 300.0, random.nextInt(300) / 300.0);
            trials.add(new TrialRecord(i, TrialState.COMPLETE, Parameters.none(), values, null));
        }
        StudySnapshot study = new StudySnapshot(Space.empty(), goals, trials, java.util.Map.of(), java.util.Map.of());

        Set<Long> front = study.front().stream().map(TrialRecord::number).collect(java.util.stream.Collectors.toSet());

        assertThat(front).isNotEmpty();
        for (TrialRecord trial : trials) {
            boolean dominated = trials.stream().anyMatch(other -> better(other, trial));
            assertThat(front.contains(trial.number())).as(trial.toString()).isEqualTo(!dominated);
        }
    }

    private static boolean better(TrialRecord a, TrialRecord b) {
        double melt = b.values().get(0) - a.values().get(0);
        double sharpness = a.values().get(1) - b.values().get(1);
        return melt >= 0 && sharpness >= 0 && melt + sharpness > 0;
    }
}
