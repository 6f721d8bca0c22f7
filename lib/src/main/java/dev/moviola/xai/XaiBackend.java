package dev.moviola.xai;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
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
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Submission;
import dev.moviola.xai.internal.Answers;
import dev.moviola.xai.internal.JobBody;
import dev.moviola.xai.internal.JobRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clips from Grok Imagine.
 *
 * <p>Kinds of jobs are {@code generate}, {@code edit} and {@code extend}. Parameters carry the names of the API: {@code
 * model}, {@code prompt}, {@code duration} (whole seconds), {@code aspect_ratio}, {@code resolution}, {@code image},
 * {@code reference_images}, {@code last_frame}, {@code keyframes}, {@code video} and so on; an image or video is an
 * https address, a data URI or a file. {@code repeat} is for us and not sent. The service promises no repeatable
 * results, cannot stop what it has begun, and has no key against double submission, so a submission without an answer
 * stays unknown.
 */
public final class XaiBackend implements VideoBackend {
    private static final System.Logger LOG = System.getLogger(XaiBackend.class.getName());

    private final XaiOptions options;
    private final XaiClient client;
    private final Set<String> strange = ConcurrentHashMap.newKeySet();

    private XaiBackend(XaiOptions options, XaiClient client) {
        this.options = options;
        this.client = client;
    }

    /** A backend that pays with {@code key}. Opens no connection yet. */
    public static XaiBackend create(ApiKey key, XaiOptions options) {
        return new XaiBackend(options, XaiClient.create(key, options));
    }

    @Override
    public String name() {
        return "xai";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                false,
                false,
                false,
                options.submitsPerSecond(),
                options.inFlight(),
                1,
                options.pollEvery(),
                options.deadline());
    }

    @Override
    public Optional<Failure> check(Job job) {
        try {
            JobRequest.of(job, options.models(), !job.dependsOn().isEmpty());
            return Optional.empty();
        } catch (MoviolaException e) {
            return Optional.of(invalid(e));
        }
    }

    /** The listed price; zero for a job that {@link #check} speaks against, since it will not be sent. */
    @Override
    public Money price(List<Job> jobs) {
        Money sum = Money.ZERO;
        for (Job job : jobs) {
            try {
                sum = sum.plus(
                        JobRequest.of(job, options.models(), !job.dependsOn().isEmpty())
                                .price());
            } catch (MoviolaException e) {
                LOG.log(System.Logger.Level.DEBUG, "no price for a job that will not be sent", e);
            }
        }
        return sum;
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs) {
        if (jobs.size() != 1) {
            return rejected(Failure.of(
                    FailureCategory.VALIDATION,
                    Billed.NO,
                    "jobs",
                    "a submission to xai serves exactly one job, but was given " + jobs.size()));
        }
        JobRequest request;
        Parameters body;
        try {
            request = JobRequest.of(jobs.get(0), options.models(), !inputs.isEmpty());
            body = JobBody.of(request, submission.id(), inputs);
        } catch (MoviolaException e) {
            return rejected(invalid(e));
        } catch (IOException e) {
            return rejected(
                    Failure.of(FailureCategory.VALIDATION, Billed.NO, "input", "an input cannot be read: " + e));
        }
        CompletableFuture<XaiReply> reply =
                switch (request.kind()) {
                    case GENERATE -> client.generate(body);
                    case EDIT -> client.edit(body);
                    case EXTEND -> client.extend(body);
                };
        return reply.thenApply(Answers::submitted);
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        return client.status(external(submission)).thenApply(reply -> Answers.polled(reply, this::warnOnce));
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        Path file = directory.resolve("clip.mp4");
        return client.download(result.detail().text("url"), file, XaiDownload.Progress.NONE)
                .thenApply(download -> download instanceof XaiDownload.Complete complete
                        ? new FetchResult.Fetched(
                                List.of(new FetchResult.File(jobs.get(0).key(), "clip", complete.file(), "video/mp4")))
                        : new FetchResult.Failed(Answers.notFetched(download)));
    }

    @Override
    public void close() {
        client.close();
    }

    private void warnOnce(String status) {
        if (strange.size() < 100 && strange.add(status)) {
            LOG.log(System.Logger.Level.WARNING, "xai gave a status that is not known, taken as pending: {0}", status);
        }
    }

    private static String external(Submission submission) {
        return Objects.requireNonNull(
                submission.externalId(), "a submission is polled only after it has an external id");
    }

    private static CompletableFuture<SubmitResult> rejected(Failure failure) {
        return CompletableFuture.completedFuture(new SubmitResult.Rejected(failure));
    }

    private static Failure invalid(MoviolaException e) {
        return Failure.of(FailureCategory.VALIDATION, Billed.NO, "rule", String.valueOf(e.getMessage()));
    }
}
