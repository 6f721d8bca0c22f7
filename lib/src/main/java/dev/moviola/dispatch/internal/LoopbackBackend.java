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
import java.io.UncheckedIOException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Talks to a {@link LoopbackGenerator}: one request a job, whose answer is the clip. */
final class LoopbackBackend implements VideoBackend {
    // OkHttp looks through all connections of a client whenever it needs or gives back one.
    private static final int CONNECTIONS_OF_A_CLIENT = 20;

    private final HttpUrl jobs;
    private final Map<String, byte[]> clips = new ConcurrentHashMap<>();
    private final List<OkHttpClient> clients;
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "moviola-loopback-call");
        thread.setDaemon(true);
        return thread;
    });

    LoopbackBackend(String url, int connections) {
        jobs = HttpUrl.get(url);
        int shards = Math.max(1, connections / CONNECTIONS_OF_A_CLIENT);
        clients = Stream.generate(() -> client(connections)).limit(shards).toList();
    }

    private static OkHttpClient client(int connections) {
        return new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(connections, 1, TimeUnit.MINUTES))
                .retryOnConnectionFailure(false)
                .fastFallback(false)
                .build();
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
        return call(new Request.Builder()
                        .url(this.jobs)
                        .post(RequestBody.create(body))
                        .build())
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
        threads.shutdown();
        for (OkHttpClient client : clients) {
            client.connectionPool().evictAll();
        }
    }

    private CompletableFuture<byte[]> call(Request request) {
        OkHttpClient client = clients.get(Math.floorMod(next.getAndIncrement(), clients.size()));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Response response = client.newCall(request).execute()) {
                        return response.body().bytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
    }
}
