package dev.moviola.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.EndReason;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.prompt.MutationSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
    @TempDir
    Path root;

    private static CampaignSpec small(int variants) {
        return new CampaignSpec(
                "a small one",
                MutationSpec.of("samurai vs T-rex").total(variants).seed(11).build(),
                new BackendSpec(
                        "rehearsal",
                        Parameters.of("model", "grok-imagine-video", "duration", 1, "resolution", "480p"),
                        Parameters.none()),
                Limits.none());
    }

    @Test
    void aPromptBecomesRankedScoredReportedClipsInSteps() throws Exception {
        Path folder;
        try (Campaign campaign = Campaign.start(root, small(3))) {
            folder = campaign.run().folder();
            assertThat(campaign.mutate()).isEqualTo(3);
            assertThat(campaign.mutate())
                    .as("known variants are not added again")
                    .isZero();
            assertThat(campaign.plan(Long.MAX_VALUE).submissions()).isEqualTo(3);
            assertThat(campaign.plan(2).sentence()).startsWith("2 submissions, free");
            DispatchSummary trial =
                    campaign.dispatch(DispatchOptions.defaults().withOnly(1), progress -> {}, (dispatcher, on) -> {});
            assertThat(trial.reason()).isEqualTo(EndReason.ENOUGH);
            assertThat(trial.count(JobState.DONE)).isEqualTo(1);
        }
        try (Campaign campaign = Campaign.open(folder)) {
            DispatchSummary rest =
                    campaign.dispatch(DispatchOptions.defaults(), progress -> {}, (dispatcher, on) -> {});
            assertThat(rest.submitted()).isEqualTo(2);
            assertThat(rest.isAllDone()).isTrue();
            List<ScoringProgress> told = new ArrayList<>();
            ScoringSummary scored = campaign.score(told::add);
            assertThat(scored.scored()).isEqualTo(3);
            assertThat(scored.frames()).isEqualTo(3 * 24);
            assertThat(told).hasSize(3);
            assertThat(campaign.score(progress -> {}).scored())
                    .as("what is scored is not scored again")
                    .isZero();
            Path report = campaign.report();
            assertThat(report).content().contains("samurai vs T-rex");
            assertThat(folder.resolve("scores.csv")).content().contains("overall");
            assertThat(folder.resolve("summary.json")).content().contains("\"worst\"");
            assertThat(folder.resolve("charts/scores.png")).isNotEmptyFile();
            assertThat(folder.resolve("charts/progress.png")).isNotEmptyFile();
            for (JobRecord job : campaign.run().ledger().jobs(List.of(), 0, 10)) {
                assertThat(Scoring.find(folder, job.artefacts().get(0).sha256()))
                        .isPresent();
            }
            assertThat(campaign.run().ledger().scores()).isNotEmpty();
        }
    }

    @Test
    void theBestAndTheWorstClipsOfARunCanBeLookedAt() throws Exception {
        try (Campaign campaign = Campaign.start(root, small(3))) {
            Run run = campaign.run();
            campaign.mutate();
            campaign.dispatch(DispatchOptions.defaults(), progress -> {}, (dispatcher, on) -> {});
            assertThat(ScoredClip.worst(run, 3)).as("nothing is scored yet").isEmpty();
            campaign.score(progress -> {});

            List<ScoredClip> worst = ScoredClip.worst(run, 3);

            assertThat(worst).hasSize(3).isSortedAccordingTo(Comparator.comparingDouble(clip -> clip.row()
                    .overall()));
            assertThat(ScoredClip.best(run, 1)).singleElement().satisfies(best -> assertThat(
                            best.row().overall())
                    .isEqualTo(worst.get(2).row().overall()));
            ScoredClip clip = worst.get(0);
            assertThat(clip.prompt()).contains("samurai vs T-rex");
            assertThat(clip.clip().info().frames()).isEqualTo(24);
            assertThat(clip.timeline().getSeriesCollection()).isNotEmpty();
            assertThat(clip.view().clip()).isEqualTo(clip.clip());
            assertThat(clip.roast(1)).isNotBlank().isEqualTo(clip.roast(1));
            Files.delete(clip.clip().file());
            assertThat(ScoredClip.worst(run, 3)).as("one file is gone").hasSize(2);
        }
    }

    @Test
    void aBackendByNameIsAskedForWhatItNeeds() {
        assertThat(BackendSpec.named("rehearsal")).isEqualTo(BackendSpec.rehearsal());
        assertThat(BackendSpec.named("xai")).isEqualTo(BackendSpec.xai());
        assertThat(BackendSpec.xai().request().find("model")).contains("grok-imagine-video");
        assertThat(BackendSpec.named("command").request()).isEqualTo(Parameters.none());
        assertThat(Limits.none().withSpendCap(2.5).spendCap()).isEqualTo(Money.dollars(2.5));
    }

    @Test
    void theSpecComesBackFromTheRunAsItWasFrozen() {
        CampaignSpec spec = new CampaignSpec(
                "frozen",
                MutationSpec.of("one", "two").variantsPerBase(4).seed(5).build(),
                new BackendSpec(
                        "command",
                        Parameters.of("steps", 3),
                        Parameters.of("command", "true {prompt} {out}", "price_dollars", 0.25)),
                new Limits(4, 2.5, Duration.ZERO, Duration.ZERO, Money.dollars(1.5), Duration.ofSeconds(30))
                        .withJitter("1-5"));
        try (Campaign campaign = Campaign.start(root, spec)) {
            assertThat(Campaign.spec(campaign.run())).isEqualTo(spec);
            assertThat(campaign.plan(Long.MAX_VALUE).total()).isEqualTo(Money.dollars(2));
            Job first = campaign.jobs().next();
            assertThat(first.parameters().has("seed"))
                    .as("a command is given the variant's seed")
                    .isTrue();
        }
    }

    @Test
    void videosThatAUserHasAreTakenInScoredAndKeptApartFromWhatIsNoVideo() throws Exception {
        Path videos = Files.createDirectories(root.resolve("videos/deeper"));
        try (Campaign campaign = Campaign.start(root.resolve("runs"), small(1))) {
            campaign.dispatch(DispatchOptions.defaults(), progress -> {}, (dispatcher, on) -> {});
            JobRecord job =
                    campaign.run().ledger().jobs(List.of(JobState.DONE), 0, 1).get(0);
            Files.copy(campaign.run().file(job.artefacts().get(0)), videos.resolve("mine.mp4"));
        }
        Files.writeString(videos.resolve("fake.mp4"), "no video at all");
        Files.writeString(videos.resolve("readme.txt"), "not looked at");
        List<Path> found = ClipImport.find(List.of(root.resolve("videos")));
        assertThat(found).extracting(path -> path.getFileName().toString()).containsExactly("fake.mp4", "mine.mp4");
        try (Run run = Run.create(root.resolve("runs"), "mine", Parameters.of("type", "import"))) {
            ClipImport.into(run, found);
            ClipImport.into(run, found);
            assertThat(run.ledger().tally().jobs()).isEqualTo(Map.of(JobState.DONE, 1L, JobState.FAILED, 1L));
            assertThat(run.ledger()
                            .jobs(List.of(JobState.FAILED), 0, 1)
                            .get(0)
                            .lastFailure()
                            .message())
                    .contains("fake.mp4");
            assertThat(Scoring.of(run, dev.moviola.defect.Scorer.standard())
                            .run(progress -> {})
                            .scored())
                    .isEqualTo(1);
            assertThat(Campaign.report(run, 0)).isNotEmptyFile();
            assertThat(videos.resolve("mine.mp4")).exists();
            assertThatThrownBy(() -> Campaign.spec(run))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageContaining("must be a campaign");
        }
        assertThatThrownBy(() -> ClipImport.find(List.of(root.resolve("absent.mp4"))))
                .hasMessageContaining("absent.mp4");
    }

    @Test
    void limitsAndBackendsThatMakeNoSenseAreRefusedWithTheRule() {
        assertThatThrownBy(() -> new BackendSpec("sora", Parameters.none(), Parameters.none()))
                .hasMessage("backend must be one of command, rehearsal, xai, but was \"sora\"");
        assertThatThrownBy(() -> Limits.none().withJitter("soon")).hasMessageContaining("such as 1-5");
        assertThat(new CampaignPlan(3600, Money.dollars(0.4), Money.dollars(1440), Duration.ofHours(1), 1, false)
                        .sentence())
                .isEqualTo(
                        "3600 submissions, listed price $1440.00 ($0.40 each), at 1 a second at least 60 min to submit");
    }
}
