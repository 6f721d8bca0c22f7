package dev.moviola.dispatch.internal;

import dev.moviola.backend.Capabilities;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.backend.VideoBackend;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Talks to a {@link LoopbackGenerator}: one request a job, whose answer is the clip. */
final class LoopbackBackend implements VideoBackend {
    private final Map<String, byte[]> clips = new ConcurrentHashMap<>();
    private final LoopbackClient client;

    LoopbackBackend(String url) throws IOException {
        client = new LoopbackClient(url);
    }

    @Override
    public String name() {
        return "loopback";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true,
                false,
                false,
                Double.POSITIVE_INFINITY,
                Integer.MAX_VALUE,
                1,
                Duration.ZERO,
                Duration.ofSeconds(300));
    }

    @Override
    public Optional<Failure> check(Job job) {
        return Optional.empty();
    }

    @Override
    public Money price(List<Job> jobs) {
        return Money.ZERO;
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs) {
        byte[] body = jobs.get(0).parameters().json().getBytes(StandardCharsets.UTF_8);
        return client.post(body)
                .<SubmitResult>thenApply(clip -> {
                    String id = Long.toString(ByteBuffer.wrap(clip).getLong());
                    clips.put(id, clip);
                    return new SubmitResult.Finished(id, new PollResult.Succeeded(Parameters.none(), null));
                })
                .exceptionally(error -> new SubmitResult.Unknown(error.toString()));
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        throw new IllegalStateException("the answer was the clip");
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        Path file = directory.resolve("clip");
        try {
            Files.write(file, Objects.requireNonNull(clips.remove(submission.externalId())));
        } catch (IOException e) {
            return CompletableFuture.completedFuture(
                    new FetchResult.Failed(Failure.of(FailureCategory.TRANSIENT, Billed.NO, "", e.toString())));
        }
        return CompletableFuture.completedFuture(new FetchResult.Fetched(
                List.of(new FetchResult.File(jobs.get(0).key(), Artefact.CLIP, file, "application/octet-stream"))));
    }

    @Override
    public void close() {
        client.close();
    }
}
