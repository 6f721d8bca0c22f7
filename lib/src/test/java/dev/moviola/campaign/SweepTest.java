package dev.moviola.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.display.Progress;
import dev.moviola.display.ProgressSink;
import dev.moviola.frame.SweepSheet;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.video.XySheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final Space GRID = Space.empty().integer("x", 1, 3).choice("mode", "plus", "minus");

    @TempDir
    private Path runs;

    @Test
    void clipsAreMadeAndScoredForEveryTrial() {
        SweepSpec spec = clips(Space.empty().real("guidance", 2, 8), "sobol", 3, List.of());
        try (Sweep sweep = Sweep.start(runs, spec)) {
            SweepSummary summary = sweep.run(2, progress -> {});

            assertThat(summary.done()).isTrue();
            assertThat(sweep.study().trials()).hasSize(3).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            assertThat(sweep.run().ledger().jobs(List.of(JobState.DONE), 0, 100))
                    .hasSize(6);
        }
    }

    @Test
    void aFinishedSweepLeavesItsPicturesAndMakesThemAgainFromTheRunAlone() throws IOException {
        SweepSpec spec =
                clips(Space.empty().integer("num_steps", 12, 40, 28).real("guidance", 2, 8), "random", 4, List.of());
        Path folder;
        try (Sweep sweep = Sweep.start(runs, spec)) {
            sweep.run(2, progress -> {});
            folder = sweep.run().folder();
            assertThat(sweep.report()).isNotEmptyFile();
        }
        List<String> files = List.of(
                "trials.csv",
                "trials.json",
                "scores.csv",
                "charts/history.png",
                "charts/parallel.png",
                "charts/slice.png",
                "charts/contour.png",
                "charts/importance.png",
                "sheet.png",
                "sheet.mp4");
        assertThat(files).allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
        for (String file : files) {
            Files.delete(folder.resolve(file));
        }
        try (Run run = Run.look(folder)) {
            Path page = Campaign.report(run, 0);
            assertThat(Files.readString(page)).contains("sheet.mp4");
        }
        assertThat(files).allSatisfy(file -> assertThat(folder.resolve(file)).isNotEmptyFile());
        try (Run run = Run.look(folder)) {
            XySheet sheet = SweepSheet.of(run, "guidance", "num_steps");
            assertThat(sheet.rows()).isSubsetOf("12", "40");
            assertThat(sheet.cells().stream().filter(XySheet.Cell::best)).hasSize(1);
            assertThat(sheet.cells()).allMatch(cell -> cell.clip() != null);
        }
    }

    @Test
    void aSweepOfAFewWordsShowsHowItStandsAndItsBestClip() {
        SweepSpec spec = SweepSpec.of(Space.empty().real("guidance", 2, 8), "melt")
                .withTrials(3)
                .withSeed(5)
                .withEnqueued(Parameters.of("guidance", 4.0));
        List<Progress> shown = new ArrayList<>();
        List<String> ended = new ArrayList<>();

        try (Sweep sweep = Sweep.start(runs, spec)) {
            SweepSummary summary = sweep.search(2, new ProgressSink() {
                @Override
                public void show(Progress progress) {
                    shown.add(progress);
                }

                @Override
                public void end(Progress last, String sentence) {
                    ended.add(sentence);
                }
            });

            assertThat(summary.complete()).isEqualTo(3);
            assertThat(shown).isNotEmpty().allMatch(progress -> progress.total() == 3);
            assertThat(ended).singleElement().asString().startsWith("3 trials with a value after ");
            TrialRecord best = sweep.study().best().orElseThrow();
            ScoredClip clip = ScoredClip.of(sweep.run(), best).orElseThrow();
            assertThat(clip.report().metrics()).containsEntry("melt", best.value());
            assertThat(sweep.study().trials().get(0).settings().number("guidance"))
                    .isEqualTo(4.0);
        }
    }

    @Test
    void aSweepOfAProgramHasAReportWithoutClips() {
        SweepSpec spec = program(GRID, "grid", 6, "sh -c 'echo {x}'", List.of(), List.of());
        try (Sweep sweep = Sweep.start(runs, spec)) {
            sweep.run(1, progress -> {});

            assertThat(sweep.report()).isNotEmptyFile();
            Path charts = sweep.run().folder().resolve("charts");
            assertThat(charts.resolve("slice.png")).isNotEmptyFile();
            assertThat(sweep.run().folder().resolve("sheet.mp4")).doesNotExist();
        }
    }

    @Test
    void clipsOfEarlierRunsAreTakenOver() {
        SweepSpec spec = clips(Space.empty().integer("num_steps", 10, 11), "grid", 2, List.of());
        List<TrialRecord> first;
        try (Sweep sweep = Sweep.start(runs, spec)) {
            sweep.run(1, progress -> {});
            first = sweep.study().trials();
        }
        try (Sweep sweep = Sweep.start(runs, spec).needed(runs)) {
            sweep.run(1, progress -> {});

            assertThat(sweep.study().trials()).isEqualTo(first);
            List<String> makers = new ArrayList<>();
            sweep.run().ledger().eachSubmission(submission -> makers.add(submission.backend()));
            assertThat(makers).containsOnly("study", "earlier run");
        }
    }

    @Test
    void everyCellOfAGridRunsOnceAcrossInterruptions() {
        SweepSpec spec = program(GRID, "grid", 6, "sh -c 'echo loss {x}'", List.of(), List.of());
        Path folder;
        try (Sweep sweep = Sweep.start(runs, spec)) {
            folder = sweep.run().folder();
            AtomicInteger ended = new AtomicInteger();
            SweepSummary summary = sweep.run(1, progress -> {
                if (ended.incrementAndGet() == 2) {
                    sweep.drain();
                }
            });
            assertThat(summary.reason()).isEqualTo("it was asked to end");
            assertThat(summary.complete()).isEqualTo(2);
            sweep.study().ask();
        }
        try (Sweep sweep = Sweep.open(folder)) {
            assertThat(sweep.run(2, progress -> {}).done()).isTrue();

            assertThat(sweep.study().trials())
                    .hasSize(6)
                    .allMatch(trial -> trial.state() == TrialState.COMPLETE)
                    .extracting(TrialRecord::settings)
                    .doesNotHaveDuplicates();
        }
        try (Sweep sweep = Sweep.open(folder)) {
            List<Submission> before = new ArrayList<>();
            sweep.run().ledger().eachSubmission(before::add);
            sweep.run(2, progress -> {});
            List<Submission> after = new ArrayList<>();
            sweep.run().ledger().eachSubmission(after::add);
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void trialsWhoseClipsWereNotBegunWhenItWasInterruptedAreRunByTheNextSearch() throws Exception {
        SweepSpec spec = SweepSpec.of(Space.empty().real("guidance", 2, 8), "melt")
                .withTrials(4)
                .withSampler("random")
                .withLimits(new Limits(null, 0.5, Duration.ZERO, Duration.ZERO, null, null));
        try (Sweep sweep = Sweep.start(runs, spec)) {
            Thread searching = new Thread(() -> assertThatThrownBy(() -> sweep.search(3, ProgressSink.display()))
                    .hasMessageContaining("interrupted"));
            searching.start();
            while (sweep.study().trials().size() < 3) {
                Thread.sleep(5);
            }
            searching.interrupt();
            searching.join();

            assertThat(sweep.search(3, ProgressSink.display()).done()).isTrue();
            assertThat(sweep.study().trials()).hasSize(4).allMatch(trial -> trial.state() == TrialState.COMPLETE);
            List<JobState> clips = new ArrayList<>();
            sweep.run().ledger().eachJob(job -> clips.add(job.state()));
            assertThat(clips).hasSize(8).containsOnly(JobState.DONE);
        }
    }

    @Test
    void guessesAndKnownTrialsComeFirst() throws IOException {
        Path csv = runs.resolve("known.csv");
        Files.writeString(csv, "x,mode,value,remark\n3,minus,-7.5,\"good, so far\"\n2,plus,,no value\n");
        List<Goal> goals = List.of(new Goal("value", Direction.MINIMIZE));
        SweepSpec spec = program(
                GRID,
                "random",
                2,
                "sh -c 'echo {x}'",
                SettingsText.known(GRID, goals, csv),
                List.of(SettingsText.pairs(GRID, "x=1, mode=plus")));
        try (Sweep sweep = Sweep.start(runs, SweepSpec.of("again", spec.toParameters()))) {
            sweep.run(1, progress -> {});

            List<TrialRecord> trials = sweep.study().trials();
            assertThat(trials).hasSize(3);
            assertThat(trials.get(0).value()).isEqualTo(-7.5);
            assertThat(trials.get(1).settings()).isEqualTo(Parameters.of("x", 1, "mode", "plus"));
            assertThat(sweep.study().best()).contains(trials.get(0));
            Path table = SweepTable.csv(trials, goals, runs.resolve("trials.csv"));
            assertThat(SettingsText.known(GRID, goals, table)).hasSize(3);
        }
    }

    @Test
    void aProgramThatFailsFailsItsTrialAlone() {
        Space space = Space.empty().choice("say", "echo no; exit 0", "echo nan", "echo oh >&2; exit 1", "echo 0.5");
        SweepSpec spec = program(space, "grid", 4, "sh -c {say}", List.of(), List.of());
        try (Sweep sweep = Sweep.start(runs, spec)) {
            SweepSummary summary = sweep.run(1, progress -> {});

            assertThat(summary.complete()).isEqualTo(1);
            assertThat(sweep.study().trials())
                    .extracting(TrialRecord::failure)
                    .containsExactly(
                            "the program must print a number or a JSON object of numbers last, but printed \"no\"",
                            "the value must be a finite number, but was NaN",
                            "the program ended with exit code 1: oh",
                            null);
        }
    }

    @Test
    void aRetryUsesNoBudget() {
        Path mark = runs.resolve("tried");
        SweepSpec once = program(
                GRID,
                "grid",
                6,
                "sh -c 'test -f " + mark + " || {{ touch " + mark + "; exit 3; }}; echo {x}'",
                List.of(),
                List.of());
        SweepSpec twice = SweepSpec.of("twice", once.toParameters().with("tries", 2));
        try (Sweep sweep = Sweep.start(runs, twice)) {
            assertThat(sweep.run(1, progress -> {}).complete()).isEqualTo(6);
        }
    }

    @Test
    void aPlanNamesEveryTrialBeforeAnythingRuns() {
        SweepPlan plan = Sweep.plan(program(GRID, "auto", 40, "sh -c 'echo {x}'", List.of(), List.of()), 2);

        assertThat(plan.sampler()).isEqualTo("grid");
        assertThat(plan.trials()).isEqualTo(6);
        assertThat(plan.settings()).hasSize(6).doesNotHaveDuplicates();
        assertThat(runs).isEmptyDirectory();
    }

    @Test
    void whatMakesNoSenseIsToldBeforeAnythingRuns() {
        assertThatThrownBy(() -> Sweep.start(runs, clips(Space.empty().real("warmth", 0, 1), "random", 1, List.of())))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("warmth is none; there are [blur_strength");
        assertThatThrownBy(() -> Sweep.start(runs, program(GRID, "random", 1, "echo {y}", List.of(), List.of())))
                .hasMessageContaining("{y} is none; there are [mode, settings, trial, x]");
        assertThatThrownBy(() -> SweepSpec.direction("beauty")).hasMessageContaining("but was beauty");
        assertThatThrownBy(() -> SettingsText.pairs(GRID, "x=9,mode=plus"))
                .hasMessageContaining("x must lie in {\"integer\":[1,3]}, but was 9");
        assertThat(runs).isEmptyDirectory();
    }

    private static SweepSpec clips(Space space, String sampler, long trials, List<Parameters> enqueued) {
        return new SweepSpec(
                "clips",
                space,
                sampler,
                7,
                List.of(new Goal("overall", Direction.MAXIMIZE)),
                trials,
                "a quiet walk",
                new BackendSpec("rehearsal", Parameters.none(), Parameters.none()),
                null,
                1,
                Limits.none(),
                List.of(),
                enqueued);
    }

    private static SweepSpec program(
            Space space,
            String sampler,
            long trials,
            String command,
            List<SweepSpec.KnownTrial> known,
            List<Parameters> enqueued) {
        return new SweepSpec(
                "program",
                space,
                sampler,
                7,
                List.of(new Goal("value", Direction.MINIMIZE)),
                trials,
                "",
                new BackendSpec("command", Parameters.none(), Parameters.none()),
                command,
                1,
                Limits.none(),
                known,
                enqueued);
    }
}
