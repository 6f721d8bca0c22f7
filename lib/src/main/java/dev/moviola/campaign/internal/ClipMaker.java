package dev.moviola.campaign.internal;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.Dispatcher;
import dev.moviola.dispatch.EndReason;
import dev.moviola.dispatch.internal.RunStore;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Submission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Makes one clip after another through one dispatcher, for callers that each wait for theirs. Safe for use by several
 * threads.
 */
public final class ClipMaker implements AutoCloseable {
    private static final Job END =
            Job.of("end", dev.moviola.ledger.Parameters.none(), dev.moviola.ledger.Parameters.none());
    private static final long LOOK_MILLIS = 500;

    private final Run run;
    private final Dispatcher dispatcher;
    private final BlockingQueue<Job> wanted = new LinkedBlockingQueue<>();
    private final Set<JobKey> takenOver = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final Object changes = new Object();
    private @Nullable DispatchSummary summary;
    private @Nullable RuntimeException fault;
    private boolean over;

    /** Begins to dispatch. */
    public ClipMaker(Run run, VideoBackend backend, DispatchOptions options) {
        this.run = run;
        this.dispatcher = Dispatcher.of(
                new ClipLedger(
                        run.ledger(),
                        job -> job.kind().equals("generate") && !takenOver.contains(job.key()),
                        this::changed),
                new RunStore(run),
                backend,
                options);
        this.thread = new Thread(this::dispatch, "moviola-sweep-dispatch");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The clip of {@code job}, made now unless the run holds it already.
     *
     * @throws MoviolaException when there will be none
     * @throws InterruptedException when it is not known whether there will be one, or dispatching has ended
     */
    public Artefact clip(Job job) throws InterruptedException {
        if (run.ledger().job(job.key()).isEmpty()) {
            wanted.add(job);
        }
        while (true) {
            boolean last;
            synchronized (changes) {
                last = over;
            }
            JobRecord record = run.ledger().job(job.key()).orElse(null);
            JobState state = record == null ? JobState.READY : record.state();
            if (state == JobState.DONE) {
                return made(job)
                        .orElseThrow(() -> new MoviolaException(
                                "the clip of job " + job.key().brief() + " must be in the run, but is not"));
            }
            if (record != null && (state == JobState.FAILED || state == JobState.CANCELLED)) {
                Failure why = record.lastFailure();
                throw new MoviolaException(why == null ? "the clip was given up" : why.message());
            }
            if (last || state == JobState.UNKNOWN) {
                throw new InterruptedException("no clip of job " + job.key().brief() + " yet");
            }
            synchronized (changes) {
                changes.wait(LOOK_MILLIS);
            }
        }
    }

    /** The clip of {@code job}, if the run holds it. */
    public Optional<Artefact> made(Job job) {
        return run.ledger().job(job.key()).filter(record -> record.state() == JobState.DONE).stream()
                .flatMap(record -> record.artefacts().stream())
                .filter(artefact -> artefact.role().equals(Artefact.CLIP))
                .findFirst();
    }

    /** Takes a clip that an earlier run paid for as that of {@code job}, unless the run has begun to make it. */
    public void takeOver(Job job, Path clip, String from) {
        if (run.ledger().job(job.key()).isPresent()) {
            return;
        }
        takenOver.add(job.key());
        try {
            Files.createDirectories(run.scratch());
            Path copy = Files.createTempFile(run.scratch(), "taken", ".mp4");
            Files.copy(clip, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            run.ledger().add(List.of(job)).join();
            Submission submission = run.ledger()
                    .intend(List.of(job.key()), "earlier run", null, Money.ZERO)
                    .join();
            run.ledger().accept(submission.id(), from).join();
            Artefact artefact = run.admit(copy, job.key(), Artefact.CLIP, "video/mp4");
            run.ledger().succeed(submission.id(), List.of(artefact), Money.ZERO).join();
        } catch (IOException e) {
            throw new MoviolaException(
                    "the clip " + clip + " of " + from + " cannot be taken over: " + e.getMessage(), e);
        }
    }

    /** Lets what is in flight end, and begins nothing more. */
    public void drain() {
        dispatcher.drain();
    }

    /** Ends within a few seconds. */
    public void stop() {
        dispatcher.stop();
    }

    /** Why dispatching ended before it was closed; empty when it did not. */
    public String whyOver() {
        synchronized (changes) {
            DispatchSummary ended = summary;
            return ended == null || ended.reason() == EndReason.COMPLETE ? "" : ended.detail();
        }
    }

    /** Ends when nothing is wanted any more. */
    @Override
    public void close() {
        wanted.add(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            dispatcher.stop();
            Thread.currentThread().interrupt();
        }
        synchronized (changes) {
            if (fault != null) {
                throw fault;
            }
        }
    }

    private void dispatch() {
        try {
            DispatchSummary ended = dispatcher.run(source());
            synchronized (changes) {
                summary = ended;
            }
        } catch (RuntimeException e) {
            synchronized (changes) {
                fault = e;
            }
        } finally {
            synchronized (changes) {
                over = true;
                changes.notifyAll();
            }
        }
    }

    private void changed() {
        synchronized (changes) {
            changes.notifyAll();
        }
    }

    private Iterator<Job> source() {
        return new Iterator<>() {
            private @Nullable Job next;

            @Override
            public boolean hasNext() {
                try {
                    if (next == null) {
                        next = wanted.take();
                    }
                    return next != END;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public Job next() {
                Job job = hasNext() ? next : null;
                next = null;
                if (job == null) {
                    throw new NoSuchElementException();
                }
                return job;
            }
        };
    }
}
