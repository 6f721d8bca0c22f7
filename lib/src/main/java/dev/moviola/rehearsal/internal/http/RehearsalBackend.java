package dev.moviola.rehearsal.internal.http;

import dev.moviola.backend.Capabilities;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.InputFile;
import dev.moviola.backend.PollResult;
import dev.moviola.backend.SubmitResult;
import dev.moviola.backend.VideoBackend;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Submission;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A real backend in front of a stand-in: the same in all but name and price. */
public final class RehearsalBackend implements VideoBackend {
    private final VideoBackend real;
    private final AutoCloseable standIn;

    /** Closes both when it is closed. */
    public RehearsalBackend(VideoBackend real, AutoCloseable standIn) {
        this.real = real;
        this.standIn = standIn;
    }

    @Override
    public String name() {
        return "rehearsal";
    }

    @Override
    public Capabilities capabilities() {
        return real.capabilities();
    }

    @Override
    public Optional<Failure> check(Job job) {
        return real.check(job);
    }

    @Override
    public Money price(List<Job> jobs) {
        return Money.ZERO;
    }

    @Override
    public CompletableFuture<SubmitResult> submit(Submission submission, List<Job> jobs, List<InputFile> inputs) {
        return real.submit(submission, jobs, inputs);
    }

    @Override
    public CompletableFuture<PollResult> poll(Submission submission) {
        return real.poll(submission).thenApply(RehearsalBackend::free);
    }

    @Override
    public CompletableFuture<FetchResult> fetch(
            Submission submission, List<Job> jobs, PollResult.Succeeded result, Path directory) {
        return real.fetch(submission, jobs, result, directory);
    }

    @Override
    public void close() {
        real.close();
        try {
            standIn.close();
        } catch (Exception e) {
            System.getLogger(RehearsalBackend.class.getName())
                    .log(System.Logger.Level.WARNING, "the stand-in did not end properly", e);
        }
    }

    private static PollResult free(PollResult result) {
        if (result instanceof PollResult.Succeeded succeeded) {
            return new PollResult.Succeeded(succeeded.detail(), Money.ZERO);
        }
        if (result instanceof PollResult.Failed failed) {
            return new PollResult.Failed(failed.failure(), Money.ZERO);
        }
        return result;
    }
}
