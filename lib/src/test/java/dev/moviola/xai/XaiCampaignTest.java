package dev.moviola.xai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.backend.ApiKey;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.Dispatcher;
import dev.moviola.dispatch.EndReason;
import dev.moviola.dispatch.RetryPolicy;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import dev.moviola.rehearsal.AcceptedRequest;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.Faults;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.rehearsal.XaiFault;
import dev.moviola.rehearsal.XaiStandIn;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The backend with the real dispatcher, ledger and run folder. */
class XaiCampaignTest {
    @TempDir
    Path folder;

    @Test
    void hostilePromptsStayTextOnTheirWay() throws Exception {
        List<String> prompts = List.of(
                "<script>alert(1)</script>\r\nSet-Cookie: a=b",
                "\"}],\"model\":\"other\" ' OR 1=1; DROP TABLE jobs; --",
                "\u0000\u0007\u202E \uD83E\uDD96 ../../etc/passwd ${jndi:ldap://x} $(rm -rf /)",
                "x".repeat(1 << 20));
        List<Job> jobs = prompts.stream().map(p -> Bench.job("prompt", p)).toList();
        try (Bench bench = Bench.in(folder);
                Run run = Run.create(folder.resolve("runs"), "hostile", Parameters.none())) {
            Dispatcher.of(run, quick(bench), DispatchOptions.defaults()).run(jobs.iterator());
            assertThat(bench.standIn.accepted())
                    .extracting(AcceptedRequest::prompt)
                    .containsExactlyInAnyOrderElementsOf(prompts.subList(0, 3));
            for (Job job : jobs.subList(0, 3)) {
                JobRecord record = run.ledger().job(job.key()).orElseThrow();
                assertThat(record.state()).isEqualTo(JobState.DONE);
                assertThat(record.job().parameters()).isEqualTo(job.parameters());
            }
            JobRecord endless = run.ledger().job(jobs.get(3).key()).orElseThrow();
            assertThat(endless.state()).isEqualTo(JobState.CANCELLED);
            assertThat(endless.attempts()).isZero();
        }
    }

    @Test
    void theKeyStaysSecretWhateverTheServiceDoes() throws Exception {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Handler ear = new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.add(record.getMessage()
                        + List.of(record.getParameters() == null ? new Object[0] : record.getParameters())
                        + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("dev.moviola");
        Level before = root.getLevel();
        ear.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(ear);
        try {
            List<DispatchSummary> summaries = new ArrayList<>();
            for (String fault : List.of("", "key-revoked", "key-revoked-later", "strange-status", "truncated")) {
                Set<String> known = fault.isEmpty() ? Set.of("another") : Set.of();
                Path runs = folder.resolve("runs" + fault);
                try (Bench bench = Bench.in(folder, o -> o.withKeys(known));
                        Run run = Run.create(runs, "secret", Parameters.none())) {
                    Job job = Bench.job("prompt", "a [[" + fault + "]]");
                    summaries.add(Dispatcher.of(run, quick(bench), DispatchOptions.defaults())
                            .run(List.of(job).iterator()));
                    said.add(run.ledger().submissions(job.key()).toString());
                }
                assertNowhere(runs);
            }
            assertThat(summaries.toString() + said).doesNotContain(Bench.KEY).contains("(key)");
        } finally {
            root.removeHandler(ear);
            root.setLevel(before);
        }
    }

    @Test
    void aRehearsalIsFreeAndDecodes() throws Exception {
        XaiStandInOptions options = XaiStandInOptions.of(ClipSource.of(Bench.tinyClip(folder)));
        try (VideoBackend backend = Rehearsal.xai(options);
                Run run = Run.create(folder.resolve("runs"), "rehearsal", Parameters.none())) {
            List<Job> jobs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                jobs.add(Bench.job("prompt", "take " + i));
            }
            jobs.add(Bench.job("prompt", "bad take [[moderated-done]]"));
            assertThat(backend.name()).isEqualTo("rehearsal");
            assertThat(backend.price(jobs)).isEqualTo(Money.ZERO);
            assertThat(backend.check(Bench.job("prompt", ""))).isPresent();
            Dispatcher.of(run, backend, DispatchOptions.defaults()).run(jobs.iterator());
            assertThat(run.ledger().jobs(Set.of(JobState.DONE), 0, 100)).hasSize(5);
            run.ledger().eachSubmission(submission -> assertThat(submission.charged())
                    .as(submission.toString())
                    .isIn(Money.ZERO, null));
            Artefact clip = run.ledger()
                    .job(jobs.get(0).key())
                    .orElseThrow()
                    .artefacts()
                    .get(0);
            assertThat(run.file(clip)).hasSameBinaryContentAs(Bench.tinyClip(folder));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = XaiFault.class,
            names = {"RATE_LIMIT", "RATE_LIMIT_BARE", "UNAVAILABLE", "FAILED_SERVICE_UNAVAILABLE"})
    void aServiceThatTakesNothingIsLeftAloneAtTheDeadlineOfTheJob(XaiFault fault) throws Exception {
        Faults always = Faults.none().withChance(fault, 1);
        Duration deadline = Duration.ofSeconds(2);
        RetryPolicy stubborn = RetryPolicy.standard()
                .withTries(FailureCategory.RATE, 1_000)
                .withTries(FailureCategory.TRANSIENT, 1_000)
                .withPauses(Duration.ofMillis(100), Duration.ofMillis(100));
        List<Job> jobs = List.of(Bench.job("prompt", "a"), Bench.job("prompt", "b"));
        try (Bench bench = Bench.in(folder, o -> o.withFaults(always));
                Run run = Run.create(folder.resolve("runs"), "refused", Parameters.none())) {
            DispatchSummary summary = Dispatcher.of(
                            run,
                            quick(bench),
                            DispatchOptions.defaults().withDeadline(deadline).withRetry(stubborn))
                    .run(jobs.iterator());

            assertThat(summary.reason()).isEqualTo(EndReason.COMPLETE);
            assertThat(summary.submitted()).isEqualTo(bench.standIn.submits()).isBetween(2L, 1_000L);
            assertThat(summary.spent()).isEqualTo(Money.ZERO);
            for (Job job : jobs) {
                JobRecord record = run.ledger().job(job.key()).orElseThrow();
                assertThat(record.state()).isIn(JobState.FAILED, JobState.CANCELLED);
                assertThat(record.lastFailure().category()).isIn(FailureCategory.RATE, FailureCategory.TRANSIENT);
                assertThat(record.lastFailure().billed()).isEqualTo(Billed.NO);
                assertThat(record.lastFailure().message())
                        .contains("xai ")
                        .endsWith("not tried again, because the deadline of 2 s for the job is over");
            }
        }
    }

    @Test
    void anEditTakesTheClipOfTheJobBeforeIt() throws Exception {
        try (Bench bench = Bench.in(folder)) {
            Path clip = Bench.tinyClip(folder);
            Job first = Bench.job("prompt", "a");
            for (String kind : List.of("edit", "extend")) {
                Job job = Job.of(kind, Parameters.of("prompt", "in snow"), Parameters.none())
                        .after(List.of(first.key()));
                assertThat(bench.backend.check(job)).isEmpty();
                InputFile input = new InputFile(
                        new Artefact(first.key(), "clip", "0".repeat(64), Files.size(clip), "video/mp4", "clips/a.mp4"),
                        clip);
                SubmitResult taken = bench.backend
                        .submit(Bench.submission(job, null), List.of(job), List.of(input))
                        .get(30, TimeUnit.SECONDS);
                Submission submission = Bench.submission(job, ((SubmitResult.Accepted) taken).externalId());
                assertThat(bench.end(submission)).isInstanceOf(PollResult.Succeeded.class);
                Path landed = Files.createDirectory(folder.resolve(kind));
                assertThat(bench.fetch(submission, job, landed)).isInstanceOf(FetchResult.Fetched.class);
            }
            assertThat(bench.standIn.accepted())
                    .extracting(AcceptedRequest::kind)
                    .containsExactly("edit", "extend");
        }
    }

    @Test
    void imagesGoWithTheRequest() throws Exception {
        Path picture = Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
        try (Bench bench = Bench.in(folder)) {
            assertThat(bench.submit(Bench.job("prompt", "a", "image", picture.toString())))
                    .isInstanceOf(SubmitResult.Accepted.class);
            assertThat(bench.submit(Bench.job(
                            "model",
                            "grok-imagine-video-1.5",
                            "prompt",
                            "a",
                            "generate_audio",
                            false,
                            "reference_images",
                            List.of("https://example.com/a.png", "data:image/png;base64,AQID"),
                            "keyframes",
                            List.of(Parameters.of("image", picture.toString(), "timestamp_s", 1.5)))))
                    .isInstanceOf(SubmitResult.Accepted.class);
            Files.delete(picture);
            assertThat(bench.submit(Bench.job("prompt", "a", "image", picture.toString())))
                    .isInstanceOf(SubmitResult.Rejected.class);
        }
    }

    private static XaiBackend quick(Bench bench) {
        XaiStandIn standIn = bench.standIn;
        return XaiBackend.create(
                ApiKey.of(Bench.KEY),
                Bench.quick(standIn)
                        .withSubmitsPerSecond(Double.POSITIVE_INFINITY)
                        .withPollEvery(Duration.ofMillis(20)));
    }

    private static void assertNowhere(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(Bench.KEY);
            }
        }
    }
}
