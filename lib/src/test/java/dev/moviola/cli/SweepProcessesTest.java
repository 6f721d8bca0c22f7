package dev.moviola.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.campaign.BackendSpec;
import dev.moviola.campaign.Limits;
import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several processes make of one sweep, and what is left when some of them are killed. */
class SweepProcessesTest {
    private static final Space GRID = Space.empty().integer("x", 1, 6).choice("mode", "a", "b", "c", "d");
    private static final int CELLS = 24;
    private static final Space CLIPS = Space.empty().integer("x", 1, 10);
    private static final int CLIP_COUNT = 10;

    @TempDir
    private Path folder;

    private Path began;
    private Path go;

    /** A process that works on the sweep of a run, as the verb does. */
    static final class Worker implements AutoCloseable {
        private final Process process;
        private final Path err;

        private Worker(Process process, Path err) {
            this.process = process;
            this.err = err;
        }

        public static void main(String[] arguments) throws Exception {
            int parallel = Integer.parseInt(arguments[1]);
            System.exit(SweepResume.run(Console.system(), Path.of(arguments[0]), parallel, false, sweep -> {
                sweep.run(parallel, progress -> {});
                return 0;
            }));
        }

        static Worker start(Path folder, Path run, int parallel) throws IOException {
            Path err = Files.createTempFile(folder, "worker", ".err");
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Worker.class.getName(),
                    run.toString(),
                    Integer.toString(parallel));
            return new Worker(
                    new ProcessBuilder(command)
                            .redirectError(err.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    err);
        }

        String said() {
            try {
                return Files.readString(err);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void await(BooleanSupplier holds) throws InterruptedException {
            for (int i = 0; !holds.getAsBoolean(); i++) {
                if (i == 6_000 || !process.isAlive()) {
                    throw new AssertionError("waited in vain: " + said());
                }
                Thread.sleep(10);
            }
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        void ends() throws InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(said()).isTrue();
            assertThat(process.exitValue()).as(said()).isZero();
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }

    @BeforeEach
    void nameTheFiles() {
        began = folder.resolve("began");
        go = folder.resolve("go");
    }

    @Test
    void aGridWhoseProcessIsKilledAgainAndAgainRunsEveryCellToOneResult() throws Exception {
        Path run = begin("sh -c 'echo {x}{mode} >> " + began + "; echo {x}'");
        Random random = new Random(42);
        int kills = 6;
        for (int i = 0; i < kills; i++) {
            int before = began().size();
            int more = 1 + random.nextInt(4);
            try (Worker worker = Worker.start(folder, run, 2)) {
                worker.await(() -> began().size() >= Math.min(CELLS, before + more));
                worker.kill();
            }
        }
        try (Sweep sweep = Sweep.open(run)) {
            assertThat(sweep.run(2, progress -> {}).done()).isTrue();
        }
        everyCellHasOneResult(run);
        // A kill cuts off at most what ran then, two at a time; nothing that had ended is begun again.
        assertThat(began().size()).isBetween(CELLS, CELLS + 2 * kills);
    }

    @Test
    void twoProcessesShareAGridAndNoCellIsBegunTwice() throws Exception {
        Path run = begin(gated());
        try (Worker one = Worker.start(folder, run, 1);
                Worker two = Worker.start(folder, run, 1)) {
            one.await(() -> began().size() == 2);
            Files.createFile(go);
            one.ends();
            two.ends();
            assertThat(one.said() + two.said()).containsOnlyOnce("helping the process that holds the run");
        }
        assertThat(began()).hasSize(CELLS).doesNotHaveDuplicates();
        everyCellHasOneResult(run);
    }

    @Test
    void whenTheProcessThatHoldsTheGridIsKilledItsHelperTakesOver() throws Exception {
        Path run = begin(gated());
        try (Worker holder = Worker.start(folder, run, 1)) {
            holder.await(() -> began().size() == 1);
            try (Worker helper = Worker.start(folder, run, 1)) {
                helper.await(() -> began().size() == 2);
                holder.kill();
                Files.createFile(go);
                helper.ends();
                assertThat(helper.said()).contains("going on in its place");
            }
        }
        assertThat(began().size()).isBetween(CELLS, CELLS + 2);
        everyCellHasOneResult(run);
    }

    @Test
    void whatAHelperThatIsKilledWasAtIsTriedAgainAndCostsNoTrial() throws Exception {
        Path run = begin(gated());
        try (Worker holder = Worker.start(folder, run, 1)) {
            holder.await(() -> began().size() == 1);
            try (Worker helper = Worker.start(folder, run, 2)) {
                helper.await(() -> began().size() == 3);
                helper.kill();
            }
            Files.createFile(go);
            holder.ends();
        }
        assertThat(began()).hasSize(CELLS + 2);
        everyCellHasOneResult(run);
    }

    @Test
    void twoProcessesShareASweepOfClipsAndNoClipIsMadeTwice() throws Exception {
        Path run = beginClips();
        try (Worker holder = Worker.start(folder, run, 1)) {
            holder.await(() -> began().size() == 1);
            try (Worker helper = Worker.start(folder, run, 2)) {
                helper.await(() -> began().size() == 3);
                Files.createFile(go);
                holder.ends();
                helper.ends();
                assertThat(helper.said())
                        .contains("helping the process that holds the run")
                        .doesNotContain("going on in its place");
            }
        }
        assertThat(began()).hasSize(CLIP_COUNT).doesNotHaveDuplicates();
        everyClipWasPaidForOnce(run, CLIP_COUNT);
    }

    @Test
    void whenTheProcessThatMakesTheClipsIsKilledItsHelperTakesOver() throws Exception {
        Path run = beginClips();
        try (Worker holder = Worker.start(folder, run, 1)) {
            holder.await(() -> began().size() == 1);
            try (Worker helper = Worker.start(folder, run, 1)) {
                helper.await(() -> began().size() == 2);
                holder.kill();
                Files.createFile(go);
                helper.ends();
                assertThat(helper.said()).contains("going on in its place");
            }
        }
        assertThat(began().size()).isBetween(CLIP_COUNT, CLIP_COUNT + 2);
        everyClipWasPaidForOnce(run, CLIP_COUNT);
    }

    @Test
    void aHelperThatIsKilledLosesNoClipThatIsBeingMadeForIt() throws Exception {
        Path run = beginClips();
        try (Worker holder = Worker.start(folder, run, 1)) {
            holder.await(() -> began().size() == 1);
            try (Worker helper = Worker.start(folder, run, 2)) {
                helper.await(() -> began().size() == 3);
                helper.kill();
            }
            Files.createFile(go);
            holder.ends();
        }
        assertThat(began()).hasSize(CLIP_COUNT).doesNotHaveDuplicates();
        everyClipWasPaidForOnce(run, CLIP_COUNT);
    }

    @Test
    void theSpendCapHoldsOverAllProcesses() throws Exception {
        Path run = beginClips();
        try (Sweep sweep = Sweep.open(run)) {
            sweep.costingNoMore(Money.dollars(4));
        }
        Files.createFile(go);
        try (Worker one = Worker.start(folder, run, 1);
                Worker two = Worker.start(folder, run, 2)) {
            one.ends();
            two.ends();
        }
        assertThat(began()).hasSize(4).doesNotHaveDuplicates();
        everyClipWasPaidForOnce(run, 4);
    }

    /** A program that does not end before the file {@code go} is there. */
    private String gated() {
        return "sh -c 'echo {x}{mode} >> " + began + "; while ! test -f " + go + "; do sleep 0.05; done; echo {x}'";
    }

    private Path begin(String command) {
        SweepSpec spec = new SweepSpec(
                "grid",
                GRID,
                "grid",
                7,
                List.of(new Goal("value", Direction.MINIMIZE)),
                CELLS,
                "",
                new BackendSpec("command", Parameters.none(), Parameters.none()),
                command,
                1,
                Limits.none(),
                List.of(),
                List.of());
        try (Sweep sweep = Sweep.start(folder.resolve("runs"), spec)) {
            return sweep.run().folder();
        }
    }

    /** A sweep whose clips cost a dollar each and are not made before the file {@code go} is there. */
    private Path beginClips() {
        Path clip = folder.resolve("clip.mp4");
        Rehearsal.renderTuned(Parameters.of("num_steps", 20), clip);
        String command = "sh -c 'echo {x} >> " + began + "; while ! test -f " + go + "; do sleep 0.05; done; cp " + clip
                + " {out}'";
        SweepSpec spec = SweepSpec.of(CLIPS, "overall")
                .withSampler("grid")
                .withTrials(CLIP_COUNT)
                .withLimits(new Limits(4, null, Duration.ZERO, Duration.ZERO, null, null))
                .withBackend(new BackendSpec(
                        "command", Parameters.none(), Parameters.of("command", command, "price_dollars", 1)));
        try (Sweep sweep = Sweep.start(folder.resolve("runs"), spec)) {
            return sweep.run().folder();
        }
    }

    private static void everyClipWasPaidForOnce(Path folder, int clips) {
        try (Run run = Run.look(folder)) {
            List<TrialRecord> complete = StudySnapshot.of(run).orElseThrow().complete();
            assertThat(complete).hasSize(clips);
            assertThat(complete).extracting(TrialRecord::settings).doesNotHaveDuplicates();
            List<JobRecord> made = run.ledger().jobs(List.of(JobState.DONE), 0, 100).stream()
                    .filter(job -> job.job().kind().equals("generate"))
                    .toList();
            assertThat(made).hasSize(clips).allSatisfy(job -> {
                assertThat(job.artefacts()).hasSize(1);
                assertThat(run.ledger().submissions(job.job().key()))
                        .filteredOn(submission -> submission.state() == SubmissionState.SUCCEEDED)
                        .hasSize(1);
            });
            assertThat(run.ledger().tally().spent()).isEqualTo(Money.dollars(clips));
            assertThat(run.ledger().scores())
                    .filteredOn(score -> score.metric().equals("overall"))
                    .hasSize(clips);
        }
    }

    private List<String> began() {
        try {
            return Files.exists(began) ? Files.readAllLines(began) : List.of();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void everyCellHasOneResult(Path folder) {
        try (Run run = Run.look(folder)) {
            List<TrialRecord> trials = StudySnapshot.of(run).orElseThrow().trials();
            assertThat(trials).hasSize(CELLS).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            assertThat(trials).extracting(TrialRecord::settings).doesNotHaveDuplicates();
            assertThat(trials)
                    .allMatch(trial -> trial.value() == trial.settings().number("x"));
            assertThat(run.ledger().jobs(List.of(JobState.DONE), 0, 100)).hasSize(CELLS);
            assertThat(run.ledger().open()).isEmpty();
            List<Submission> submissions = new ArrayList<>();
            run.ledger().eachSubmission(submissions::add);
            Map<JobKey, Integer> results = new HashMap<>();
            for (Submission submission : submissions) {
                if (submission.state() == SubmissionState.SUCCEEDED) {
                    submission.jobs().forEach(job -> results.merge(job, 1, Integer::sum));
                }
            }
            assertThat(results).hasSize(CELLS).allSatisfy((job, count) -> assertThat(count)
                    .isOne());
        }
    }
}
