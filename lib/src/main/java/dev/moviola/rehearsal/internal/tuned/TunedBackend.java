package dev.moviola.rehearsal.internal.tuned;

import dev.moviola.MoviolaException;
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
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import dev.moviola.rehearsal.Tuning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Renders each job with its {@link Tuning} in this process; a clip is rendered where it is fetched to. */
public final class TunedBackend implements VideoBackend {
    private static final Set<String> ALSO = Set.of("prompt", "repeat");
    private static final int WIDTH = 256;
    private static final int HEIGHT = 144;
    private static final double FPS = 24;
    private static final double SECONDS = 1;

    private final ExecutorService workers;
    private final Map<String, Job> taken = new ConcurrentHashMap<>();
    private final int threads;

    /** A backend that renders up to {@code threads} clips at a time. */
    public TunedBackend(int threads) {
        this.threads = threads;
        this.workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "moviola-rehearsal");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Renders the clip of a job with {@code parameters}. */
    public static void render(Parameters parameters, Path clip) {
        Tuning tuning = Tuning.of(parameters);
        // One scene for all seeds: another scene would change the scores more than the knobs do.
        Take take = new Take(parameters.text("prompt", ""), 1, SECONDS, WIDTH, HEIGHT, FPS);
        RehearsalRenderer.render(take, tuning.defects(SECONDS), clip);
    }

    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                true, false, true, Double.POSITIVE_INFINITY, threads, 1, Duration.ZERO, Duration.ofMinutes(2));
    }

    @Override
    public Optional<Failure> check(Job job) {
        for (String name : job.parameters().asMap().keySet()) {
            if (!Tuning.KNOBS.contains(name) && !ALSO.contains(name)) {
                return Optional.of(refused("the rehearsal generator must be given its own parameters, but " + name
                        + " is none; there are " + new TreeSet<>(Tuning.KNOBS)));
            }
        }
        try {
            Tuning.of(job.parameters());
            return Optional.empty();
        } catch (MoviolaException e) {
            return Optional.of(refused(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Money price(List<Job> jobs) {
        return Money.ZERO;
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs) {
        taken.put(submission.id(), jobs.get(0));
        return CompletableFuture.completedFuture(new SubmitResult.Accepted(submission.id()));
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        return CompletableFuture.completedFuture(
                taken.containsKey(submission.id())
                        ? new PollResult.Succeeded(Parameters.none(), Money.ZERO)
                        : new PollResult.Failed(forgotten(), Money.ZERO));
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Job job = jobs.get(0);
                    Path clip = directory.resolve("clip.mp4");
                    render(job.parameters(), clip);
                    taken.remove(submission.id());
                    return new FetchResult.Fetched(
                            List.of(new FetchResult.File(job.key(), Artefact.CLIP, clip, "video/mp4")));
                },
                workers);
    }

    @Override
    public CompletableFuture<SubmitResult> recover(Submission submission) {
        return CompletableFuture.completedFuture(
                taken.containsKey(submission.id())
                        ? new SubmitResult.Accepted(submission.id())
                        : new SubmitResult.Rejected(forgotten()));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private static Failure refused(String message) {
        return Failure.of(FailureCategory.VALIDATION, Billed.NO, "parameters", message);
    }

    private static Failure forgotten() {
        return Failure.of(
                FailureCategory.TRANSIENT, Billed.NO, "forgotten", "the rehearsal ended before it made this clip");
    }
}
