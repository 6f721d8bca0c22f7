package dev.moviola.dispatch;

import dev.moviola.backend.Capabilities;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.backend.VideoBackend;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A small generator in this process: takes jobs, works on each for a while, and writes its prompt as the clip. What it
 * does out of the ordinary is scripted by the job's parameters or by the functions set on it. Remembers everything, as
 * the books of the other side.
 */
final class Studio implements VideoBackend {
    final Map<String, List<Job>> taken = new ConcurrentHashMap<>();
    final Map<JobKey, AtomicInteger> calls = new ConcurrentHashMap<>();
    final Map<JobKey, AtomicInteger> accepted = new ConcurrentHashMap<>();
    final Map<JobKey, AtomicInteger> polls = new ConcurrentHashMap<>();
    final Map<JobKey, AtomicInteger> fetches = new ConcurrentHashMap<>();
    final List<Long> submittedAt = new CopyOnWriteArrayList<>();
    final List<String> devices = new CopyOnWriteArrayList<>();
    final List<List<InputFile>> inputs = new CopyOnWriteArrayList<>();
    final List<Integer> sizes = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final AtomicInteger busy = new AtomicInteger();
    final AtomicInteger busiest = new AtomicInteger();
    volatile Capabilities capabilities = new Capabilities(
            true,
            false,
            false,
            Double.POSITIVE_INFINITY,
            Integer.MAX_VALUE,
            1,
            Duration.ofMillis(2),
            Duration.ofSeconds(300));
    volatile Money price = Money.ZERO;
    volatile Duration work = Duration.ofMillis(4);

    /** The answer to the n-th call (from 1) for a job; empty to take it. */
    volatile BiFunction<Job, Integer, Optional<CompletableFuture<SubmitResult>>> onSubmit =
            (job, n) -> Optional.empty();

    /** The answer to the n-th poll (from 1) of a job; empty for the truth. */
    volatile BiFunction<Job, Integer, Optional<PollResult>> onPoll = (job, n) -> Optional.empty();

    /** The answer to the n-th fetch (from 1) of a job; empty for the file. */
    volatile BiFunction<Job, Integer, Optional<FetchResult>> onFetch = (job, n) -> Optional.empty();

    volatile Function<Submission, SubmitResult> onRecover = submission -> new SubmitResult.Unknown("not known");
    volatile Function<Job, Optional<Failure>> onCheck = job -> Optional.empty();

    private final Map<String, Long> readyAt = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, task -> {
        Thread thread = new Thread(task, "studio");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public String name() {
        return "studio";
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Optional<Failure> check(Job job) {
        return onCheck.apply(job);
    }

    @Override
    public Money price(List<Job> jobs) {
        return price.times(jobs.size());
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> given) {
        submittedAt.add(System.nanoTime());
        sizes.add(jobs.size());
        inputs.add(given);
        if (submission.device() != null) {
            devices.add(submission.device());
        }
        Job first = jobs.get(0);
        Optional<CompletableFuture<SubmitResult>> answer = onSubmit.apply(first, count(calls, first));
        return answer.orElseGet(() -> CompletableFuture.completedFuture(take(jobs)));
    }

    /** Takes jobs in, as when they had been submitted. */
    SubmitResult take(List<Job> jobs) {
        String id = UUID.randomUUID().toString();
        jobs.forEach(job -> count(accepted, job));
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        readyAt.put(id, System.nanoTime() + work.toNanos());
        taken.put(id, jobs);
        return new SubmitResult.Accepted(id);
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        String id = submission.externalId();
        List<Job> jobs = id == null ? null : taken.get(id);
        if (jobs == null) {
            return CompletableFuture.completedFuture(
                    failed(FailureCategory.INTERNAL, Billed.NO, "no submission " + id));
        }
        Job first = jobs.get(0);
        Optional<PollResult> answer = onPoll.apply(first, count(polls, first));
        PollResult result = answer.orElseGet(() -> System.nanoTime() - readyAt.get(id) >= 0
                ? new PollResult.Succeeded(Parameters.none(), null)
                : new PollResult.Pending(Double.NaN, "working", null));
        if (!(result instanceof PollResult.Pending) && !(result instanceof PollResult.Unanswered)) {
            busy.decrementAndGet();
        }
        return CompletableFuture.completedFuture(result);
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        Job first = jobs.get(0);
        Optional<FetchResult> answer = onFetch.apply(first, count(fetches, first));
        if (answer.isPresent()) {
            return CompletableFuture.completedFuture(answer.get());
        }
        CompletableFuture<FetchResult> future = new CompletableFuture<>();
        timer.schedule(() -> future.complete(files(jobs, directory)), 1, TimeUnit.MILLISECONDS);
        return future;
    }

    @Override
    public CompletableFuture<Boolean> cancel(Submission submission) {
        cancelled.add(submission.id());
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<SubmitResult> recover(Submission submission) {
        return CompletableFuture.completedFuture(onRecover.apply(submission));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** How often jobs were taken. */
    int acceptedInAll() {
        return accepted.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    int calls(Job job) {
        AtomicInteger count = calls.get(job.key());
        return count == null ? 0 : count.get();
    }

    static PollResult failed(FailureCategory category, Billed billed, String message) {
        return new PollResult.Failed(Failure.of(category, billed, "", message), null);
    }

    static Optional<CompletableFuture<SubmitResult>> rejected(FailureCategory category) {
        return Optional.of(CompletableFuture.completedFuture(
                new SubmitResult.Rejected(Failure.of(category, Billed.NO, "", "because"))));
    }

    private static int count(Map<JobKey, AtomicInteger> counts, Job job) {
        return counts.computeIfAbsent(job.key(), key -> new AtomicInteger()).incrementAndGet();
    }

    private static FetchResult files(List<Job> jobs, Path directory) {
        try {
            List<FetchResult.File> files = new ArrayList<>();
            for (Job job : jobs) {
                Path file = directory.resolve(job.key().brief() + ".mp4");
                Files.writeString(file, "clip of " + job.parameters().json());
                files.add(new FetchResult.File(job.key(), "clip", file, "video/mp4"));
            }
            return new FetchResult.Fetched(files);
        } catch (IOException e) {
            return new FetchResult.Failed(Failure.of(FailureCategory.TRANSIENT, Billed.YES, "", "cannot write: " + e));
        }
    }
}
