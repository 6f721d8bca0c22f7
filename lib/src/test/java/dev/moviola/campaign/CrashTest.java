package dev.moviola.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.prompt.MutationSpec;
import dev.moviola.rehearsal.AcceptedRequest;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.XaiStandIn;
import dev.moviola.rehearsal.XaiStandInOptions;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.Frame;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign in a process of its own is killed again and again; the service lives on and keeps its own books. */
class CrashTest {
    private static final int JOBS = 300;
    private static final int KILLS = 10;

    @TempDir
    Path root;

    @Test
    void whatIsPaidForIsNeitherLostNorPaidTwiceHoweverOftenTheProcessIsKilled() throws Exception {
        Path clip = root.resolve("clip.mp4");
        try (ClipWriter writer = ClipWriter.open(clip, 64, 64, 10)) {
            for (int i = 0; i < 4; i++) {
                byte[] luma = new byte[64 * 64];
                new Random(i).nextBytes(luma);
                writer.write(Frame.gray(i, i / 10.0, 64, 64, luma));
            }
        }
        XaiStandInOptions service = XaiStandInOptions.of(ClipSource.of(clip))
                .withRate(Double.POSITIVE_INFINITY, false)
                .withLatency(Duration.ofMillis(300), Duration.ofSeconds(1));
        long seed = 20261122;
        Random random = new Random(seed);
        try (XaiStandIn standIn = XaiStandIn.start(service)) {
            Path folder;
            try (Campaign campaign = Campaign.start(root, spec(standIn))) {
                folder = campaign.run().folder();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                Process child = child(folder, "consent-not");
                if (child.waitFor(700 + random.nextInt(900), TimeUnit.MILLISECONDS)) {
                    break;
                }
                child.destroyForcibly();
                child.waitFor();
            }
            Process last = child(folder, "consent-not");
            assertThat(last.waitFor(120, TimeUnit.SECONDS))
                    .as("the resumed run ends")
                    .isTrue();

            try (Run run = Run.look(folder)) {
                assertBooksAgree(run, standIn);
                Map<JobState, Long> states = run.ledger().tally().jobs();
                assertThat(states.keySet()).isSubsetOf(JobState.DONE, JobState.UNKNOWN);
                assertThat(run.ledger().tally().total()).isEqualTo(JOBS);
            }

            Process consenting = child(folder, "consent");
            assertThat(consenting.waitFor(120, TimeUnit.SECONDS)).isTrue();
            try (Run run = Run.look(folder)) {
                assertThat(run.ledger().tally().jobs()).isEqualTo(Map.of(JobState.DONE, (long) JOBS));
                for (JobRecord job : run.ledger().jobs(List.of(), 0, JOBS)) {
                    assertThat(run.file(job.artefacts().get(0))).isRegularFile();
                    long accepted = run.ledger().submissions(job.job().key()).stream()
                            .filter(s -> s.accepted() != null)
                            .count();
                    assertThat(accepted).isEqualTo(1);
                }
            }
        }
    }

    private static void assertBooksAgree(Run run, XaiStandIn standIn) {
        Map<String, Submission> submissions = new HashMap<>();
        run.ledger().eachSubmission(submission -> submissions.put(submission.id(), submission));
        Set<String> served = new HashSet<>();
        Set<JobKey> jobs = new HashSet<>();
        for (AcceptedRequest request : standIn.accepted()) {
            Submission submission = submissions.get(request.user());
            assertThat(submission)
                    .as("the service took a request that the ledger knows")
                    .isNotNull();
            assertThat(served.add(request.user()))
                    .as("a submission is sent once")
                    .isTrue();
            assertThat(jobs.add(submission.jobs().get(0)))
                    .as("a job is paid for once")
                    .isTrue();
            assertThat(submission.state()).isIn(SubmissionState.SUCCEEDED, SubmissionState.UNKNOWN);
        }
        long paid = run.ledger().tally().paid();
        long unanswered = submissions.values().stream()
                .filter(s -> s.state() == SubmissionState.UNKNOWN && served.contains(s.id()))
                .count();
        assertThat(paid + unanswered)
                .as("what the ledger holds as paid, and as sent without an answer, is what the service took")
                .isEqualTo(standIn.accepted().size());
    }

    private static CampaignSpec spec(XaiStandIn standIn) {
        return new CampaignSpec(
                "under fire",
                MutationSpec.of("a cat").total(JOBS).seed(3).build(),
                new BackendSpec(
                        "xai",
                        Parameters.of("model", "grok-imagine-video", "duration", 1, "resolution", "480p"),
                        Parameters.of("base_url", standIn.base().toString(), "poll_seconds", 0.2)),
                new Limits(40, 120.0, Duration.ZERO, Duration.ZERO, null, Duration.ofSeconds(60)));
    }

    private static Process child(Path folder, String consent) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                folder.toString(),
                consent));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XAI_API_KEY", "a-key-for-the-stand-in");
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(folder.toFile(), "child.log")))
                .start();
    }

    /** The process that is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            try (Campaign campaign = Campaign.open(Path.of(args[0]))) {
                campaign.dispatch(
                        DispatchOptions.defaults().withResubmitUnknown(args[1].equals("consent")),
                        progress -> {},
                        (dispatcher, running) -> {});
            }
        }
    }
}
