package dev.moviola.xai;

import dev.moviola.backend.ApiKey;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import dev.moviola.ledger.SubmissionState;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.XaiStandIn;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A backend and the stand-in that it talks to. */
final class Bench implements AutoCloseable {
    static final String KEY = "xai-SECRET0123456789abcdef";

    final XaiStandIn standIn;
    final XaiBackend backend;

    private Bench(XaiStandIn standIn, XaiBackend backend) {
        this.standIn = standIn;
        this.backend = backend;
    }

    static Bench in(Path folder) throws IOException {
        return in(folder, UnaryOperator.identity());
    }

    static Bench in(Path folder, UnaryOperator<XaiStandInOptions> change) throws IOException {
        XaiStandInOptions options =
                XaiStandInOptions.of(ClipSource.of(tinyClip(folder))).withRate(Double.POSITIVE_INFINITY, true);
        XaiStandIn standIn = XaiStandIn.start(change.apply(options));
        return new Bench(standIn, XaiBackend.create(ApiKey.of(KEY), quick(standIn)));
    }

    static XaiOptions quick(XaiStandIn standIn) {
        return XaiOptions.standard().withBase(standIn.base());
    }

    /** The same stand-in, but a client that gives up soon when nothing comes. */
    XaiBackend impatient() {
        Duration wait = Duration.ofMillis(500);
        return XaiBackend.create(
                ApiKey.of(KEY),
                quick(standIn).withTimeouts(wait.multipliedBy(20), wait, wait.multipliedBy(40), wait.multipliedBy(40)));
    }

    static Path tinyClip(Path folder) throws IOException {
        Path clip = folder.resolve("tiny.mp4");
        if (!Files.exists(clip)) {
            try (InputStream in = Bench.class.getResourceAsStream("/dev/moviola/rehearsal/tiny.mp4")) {
                Files.copy(in, clip);
            }
        }
        return clip;
    }

    static Job job(Object... keysAndValues) {
        return Job.generate(Parameters.of(keysAndValues), Parameters.none());
    }

    static Submission submission(Job job, String externalId) {
        return new Submission(
                UUID.randomUUID().toString(),
                List.of(job.key()),
                1,
                "xai",
                null,
                externalId == null ? SubmissionState.INTENDED : SubmissionState.ACCEPTED,
                externalId,
                Money.ZERO,
                null,
                null,
                Instant.now(),
                null,
                null);
    }

    SubmitResult submit(Job job) throws Exception {
        return backend.submit(submission(job, null), List.of(job), List.of()).get(30, TimeUnit.SECONDS);
    }

    /** Submits and gives the submission as it stands after its acceptance. */
    Submission accepted(Job job) throws Exception {
        return submission(job, ((SubmitResult.Accepted) submit(job)).externalId());
    }

    PollResult poll(Submission submission) throws Exception {
        return backend.poll(submission).get(30, TimeUnit.SECONDS);
    }

    /** Polls until it is no longer pending. */
    PollResult end(Submission submission) throws Exception {
        PollResult result = poll(submission);
        while (result instanceof PollResult.Pending) {
            Thread.sleep(5);
            result = poll(submission);
        }
        return result;
    }

    FetchResult fetch(Submission submission, Job job, Path directory) throws Exception {
        return backend.fetch(submission, List.of(job), (PollResult.Succeeded) end(submission), directory)
                .get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        backend.close();
        standIn.close();
    }
}
