package dev.moviola.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    Path root;

    @Test
    void aRunKeepsItsSpecItsJobsAndItsFiles() throws Exception {
        Path folder;
        Job job = Job.generate(Parameters.of("prompt", "a cat", "seed", 7), Parameters.none());
        Artefact artefact;
        try (Run run = Run.create(root, "Samurai vs. T-Rex — épée!", Parameters.of("seed", 7))) {
            folder = run.folder();
            assertThat(run.name()).endsWith("_samurai-vs-t-rex-epee");
            assertThat(run.ledger().add(List.of(job)).join()).isEqualTo(1);
            assertThat(run.ledger().add(List.of(job)).join()).isZero();
            Submission submission = run.ledger()
                    .intend(List.of(job.key()), "test", "gpu0", Money.dollars(0.4))
                    .join();
            run.ledger().accept(submission.id(), "external-1").join();
            Path clip = Files.writeString(Files.createTempFile(root, "clip", ".mp4"), "not really a clip");
            artefact = run.admit(clip, job.key(), Artefact.CLIP, "video/mp4");
            run.ledger().succeed(submission.id(), List.of(artefact), null).join();
            assertThat(clip).doesNotExist();
        }
        try (Run run = Run.look(folder)) {
            assertThat(run.spec()).isEqualTo(Parameters.of("seed", 7));
            JobRecord record = run.ledger().job(job.key()).orElseThrow();
            assertThat(record.state()).isEqualTo(JobState.DONE);
            assertThat(record.artefacts()).containsExactly(artefact);
            assertThat(run.file(artefact)).hasContent("not really a clip");
            assertThat(run.ledger().tally().spent()).isEqualTo(Money.dollars(0.4));
            assertThat(run.ledger().tally().paid()).isEqualTo(1);
            assertThat(run.ledger().open()).isEmpty();
        }
        assertThat(Run.latest(root)).contains(folder);
    }

    @Test
    void aRunIsWrittenInOnePlaceAtATime() {
        try (Run run = Run.create(root, "one", Parameters.none())) {
            assertThatThrownBy(() -> Run.open(run.folder()))
                    .isInstanceOf(RunInUseException.class)
                    .hasMessageContaining(
                            "held by process " + ProcessHandle.current().pid());
            try (Run other = Run.look(run.folder())) {
                assertThat(other.ledger().tally().total()).isZero();
            }
        }
    }

    @Test
    void twoRunsOfOneSecondHaveFoldersOfTheirOwn() {
        try (Run one = Run.create(root, "same", Parameters.none());
                Run two = Run.create(root, "same", Parameters.none())) {
            assertThat(one.folder()).isNotEqualTo(two.folder());
        }
    }
}
