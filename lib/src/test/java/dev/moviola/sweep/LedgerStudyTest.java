package dev.moviola.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerStudyTest {
    private static final Space SPACE =
            Space.empty().real("x", -5, 10).real("y", 0, 15).choice("kind", "a", "b");

    @TempDir
    Path folder;

    private Path run;

    @BeforeEach
    void makeARun() {
        try (Run made = Run.create(folder, "sweep", Parameters.of("type", "sweep"))) {
            run = made.folder();
        }
    }

    @Test
    void aStudyThatIsResumedGoesOnAsIfItHadNotStopped() {
        List<TrialRecord> whole =
                study(Study.inMemory()).optimize(LedgerStudyTest::value, 30).trials();

        for (int upTo : new int[] {5, 17, 30}) {
            try (Run opened = Run.open(run)) {
                study(Study.create(opened)).optimize(LedgerStudyTest::value, upTo);
            }
        }

        assertThat(recorded()).isEqualTo(whole);
    }

    @Test
    void aTrialLeftOpenIsTriedAgainFirstWithTheSameSettingsAndNothingDoneIsTriedTwice() {
        List<Parameters> left = new ArrayList<>();
        try (Run opened = Run.open(run)) {
            Study study = study(Study.create(opened)).optimize(LedgerStudyTest::value, 12);
            left.add(study.ask().settings());
            Trial told = study.ask();
            left.add(study.ask().settings());
            study.tell(told, value(told));
        }
        List<Long> tried = new ArrayList<>();
        try (Run opened = Run.open(run)) {
            Study study = study(Study.create(opened));
            study.optimize(
                    trial -> {
                        tried.add(trial.number());
                        return value(trial);
                    },
                    20);

            assertThat(study.trials()).hasSize(20).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            assertThat(List.of(
                            study.trials().get(12).settings(),
                            study.trials().get(14).settings()))
                    .isEqualTo(left);
        }
        assertThat(tried).containsExactly(12L, 14L, 15L, 16L, 17L, 18L, 19L);
    }

    @Test
    void aStudyInOrderGoesOnInItsOrderAndKeepsIt() {
        List<Parameters> whole =
                study(Study.inMemory()).inOrder(4).optimize(LedgerStudyTest::value, 30, 4).trials().stream()
                        .map(TrialRecord::settings)
                        .toList();
        try (Run opened = Run.open(run)) {
            Study study = study(Study.create(opened)).inOrder(4);
            study.optimize(LedgerStudyTest::value, 14, 4);
            List<Trial> running = List.of(study.ask(), study.ask(), study.ask());
            study.tell(running.get(2), value(running.get(2)));
        }
        try (Run opened = Run.open(run)) {
            study(Study.create(opened)).inOrder(4).optimize(LedgerStudyTest::value, 30, 4);
        }
        try (Run seen = Run.look(run)) {
            assertThat(StudySnapshot.of(seen).orElseThrow().complete())
                    .extracting(TrialRecord::settings)
                    .isEqualTo(whole);
        }
        try (Run opened = Run.open(run)) {
            assertThatThrownBy(() -> study(Study.create(opened)).trials())
                    .hasMessageContaining("must keep its in_order when it is resumed: it was 4, but now is none");
        }
    }

    @Test
    void everyTrialIsAJobWithASubmissionForEachAttempt() {
        try (Run opened = Run.open(run)) {
            int[] calls = {0};
            study(Study.create(opened))
                    .optimize(
                            trial -> {
                                if (trial.number() == 1 || (trial.number() == 2 && calls[0]++ == 0)) {
                                    throw new IllegalStateException("no luck");
                                }
                                return value(trial);
                            },
                            4);
        }
        try (Run seen = Run.look(run)) {
            List<JobRecord> jobs = seen.ledger().jobs(List.of(), 0, 10);

            assertThat(jobs)
                    .extracting(JobRecord::state)
                    .containsExactly(JobState.DONE, JobState.FAILED, JobState.DONE, JobState.DONE);
            assertThat(jobs).extracting(JobRecord::attempts).containsExactly(1, 3, 2, 1);
            assertThat(jobs).allMatch(job -> job.job().kind().equals("trial"));
            assertThat(seen.ledger().notes("trial-end"))
                    .extracting(note -> note.content().has("value"))
                    .containsExactly(true, false, true, true);
            assertThat(seen.ledger().open()).isEmpty();
        }
    }

    @Test
    void aTrialWhoseEndWasNotedButNotBookedIsDone() {
        try (Run opened = Run.open(run)) {
            Study study = study(Study.create(opened));
            Trial done = study.ask();
            Trial failed = study.ask();
            List<JobRecord> jobs = opened.ledger().jobs(List.of(), 0, 10);
            Parameters note = Parameters.of("trial", 0, "settings", done.settings(), "begun", 2, "value", 0.5);
            opened.ledger().note(jobs.get(0).job().key(), "trial-end", note).join();
            opened.ledger()
                    .note(jobs.get(0).job().key(), "trial-end", note.with("value", 9))
                    .join();
            Parameters other = Parameters.of("trial", 1, "settings", failed.settings(), "begun", 2, "failure", "full");
            opened.ledger().note(jobs.get(1).job().key(), "trial-end", other).join();
        }
        try (Run opened = Run.open(run)) {
            Study study = study(Study.create(opened));

            assertThat(study.best().orElseThrow().value()).isEqualTo(0.5);
            assertThat(study.trials().get(1).failure()).isEqualTo("full");
            assertThat(opened.ledger().jobs(List.of(), 0, 10))
                    .extracting(JobRecord::state)
                    .containsExactly(JobState.DONE, JobState.FAILED);
            assertThat(study.ask().number()).isEqualTo(2);
        }
    }

    @Test
    void everyCellOfAGridRunsToOneResultAcrossCrashes() {
        Space cells = Space.empty().integer("a", 1, 4).integer("b", 1, 3);
        for (int i = 0; i < 6; i++) {
            try (Run opened = Run.open(run)) {
                Study study = Study.create(opened).space(cells).sampler(Sampler.grid());
                for (int j = 0; j < 2; j++) {
                    study.tell(study.ask(), i);
                }
                if (i < 5) {
                    study.ask();
                }
            }
        }
        try (Run opened = Run.open(run)) {
            Study study = Study.create(opened).space(cells).sampler(Sampler.grid());

            assertThat(study.trials()).hasSize(12).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            assertThat(study.trials()).extracting(TrialRecord::settings).doesNotHaveDuplicates();
            assertThatThrownBy(study::ask).hasMessageContaining("has proposed all of its 12 trials");
        }
    }

    @Test
    void aStudyKeepsItsSpaceMetricAndSampler() {
        try (Run opened = Run.open(run)) {
            study(Study.create(opened)).ask();
            Space wider = Space.empty().real("x", -5, 11);

            assertThatThrownBy(() -> Study.create(opened).space(wider).trials())
                    .hasMessageContaining("must keep its space")
                    .hasMessageContaining("[-5.0,10.0]")
                    .hasMessageContaining("[-5.0,11.0]");
            assertThatThrownBy(
                            () -> study(Study.create(opened)).minimize("warp").trials())
                    .hasMessageContaining("must keep its metric when it is resumed: it was melt, but now is warp");
            assertThatThrownBy(() -> study(Study.create(opened))
                            .sampler(Sampler.random())
                            .trials())
                    .hasMessageContaining("it was tpe, but now is random");
            Study without = Study.create(opened).sampler(Sampler.tpe().seed(7)).minimize("melt");
            assertThat(without.space()).isEqualTo(SPACE);
        }
    }

    @Test
    void aSpaceDefinedByRunningIsKeptAcrossResumes() {
        Objective objective = trial ->
                trial.suggestCategorical("kind", List.of("a", "b")).equals("a") ? trial.suggestDouble("x", 0, 1) : 1;
        List<TrialRecord> whole =
                Study.inMemory().sampler(Sampler.tpe()).optimize(objective, 24).trials();

        for (int upTo : new int[] {1, 2, 13, 24}) {
            try (Run opened = Run.open(run)) {
                Study.create(opened).sampler(Sampler.tpe()).optimize(objective, upTo);
            }
        }
        try (Run opened = Run.open(run)) {
            assertThat(Study.create(opened).sampler(Sampler.tpe()).trials()).isEqualTo(whole);
        }
    }

    private List<TrialRecord> recorded() {
        try (Run opened = Run.open(run)) {
            return study(Study.create(opened)).trials();
        }
    }

    private static Study study(Study study) {
        return study.space(SPACE).sampler(Sampler.tpe().seed(7)).minimize("melt");
    }

    private static double value(Trial trial) {
        double x = trial.settings().number("x");
        double y = trial.settings().number("y");
        return x * x + y + (trial.settings().text("kind").equals("a") ? 0 : 2);
    }
}
