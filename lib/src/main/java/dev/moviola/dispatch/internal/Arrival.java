package dev.moviola.dispatch.internal;

import dev.moviola.MoviolaException;
import dev.moviola.backend.FetchResult;
import dev.moviola.backend.PollResult;
import dev.moviola.dispatch.EndReason;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Billed;
import dev.moviola.ledger.Failure;
import dev.moviola.ledger.FailureCategory;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.JobState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings the files of a submission that succeeded outside into the store: fetch, check, admit, and only then DONE. Lives
 * on the loop; files are handled by workers.
 */
final class Arrival {
    private static final String SLOW = "slow";
    private static final long LEAST_ROOM = 32L << 20;
    private static final Duration FETCH_PATIENCE = Duration.ofMinutes(10);

    private final Scene scene;
    private final Scene.Events events;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Deque<Path> free = new ArrayDeque<>();
    private final List<Path> folders = new ArrayList<>();
    private int active;

    Arrival(Scene scene, Scene.Events events) {
        this.scene = scene;
        this.events = events;
    }

    /** Begins as soon as there is room among the fetches at a time. */
    void begin(Flight flight, PollResult.Succeeded result) {
        flight.phase = Flight.Phase.ARRIVING;
        flight.timer(null);
        waiting.add(() -> fetch(flight, result));
        next();
    }

    /**
     * Begins what there is room for. In a rush it is one at a time: free places at the backend come first, and many files
     * flushed at once would delay the writes that they wait for.
     */
    void next() {
        while (active < (events.isRush() ? 1 : scene.options().fetches()) && !waiting.isEmpty()) {
            active++;
            waiting.remove().run();
        }
    }

    private void fetch(Flight flight, PollResult.Succeeded result) {
        if (flight.phase != Flight.Phase.ARRIVING) {
            release();
            return;
        }
        flight.fetches++;
        Path folder = folder();
        CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(
                        () -> bring(flight, result, folder), scene.workers())
                .thenCompose(brought -> brought);
        scene.loop().when(outcome, (taken, error) -> {
            if (taken == null
                    || taken.failure() == null
                    || !taken.failure().code().equals(SLOW)) {
                free.push(folder);
            }
            release();
            arrived(flight, result, taken, error);
        });
    }

    private CompletableFuture<Outcome> bring(Flight flight, PollResult.Succeeded result, Path folder) {
        prepare(folder);
        CompletableFuture<FetchResult> fetched =
                Scene.ask(() -> scene.backend().fetch(flight.submission(), flight.jobs, result, folder));
        if (fetched.isDone()) {
            return fetched.exceptionally(Arrival::broken).thenApply(files -> take(flight, files, folder));
        }
        return fetched.exceptionally(Arrival::broken)
                .completeOnTimeout(tooSlow(), FETCH_PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                .thenApplyAsync(files -> take(flight, files, folder), scene.workers());
    }

    /** Removes the scratch folders. */
    void close() {
        folders.forEach(Folders::remove);
    }

    private Path folder() {
        if (free.isEmpty()) {
            Path made = scene.store().scratch().resolve("arrival-" + folders.size());
            folders.add(made);
            return made;
        }
        return free.pop();
    }

    private void release() {
        active--;
        next();
    }

    private void arrived(
            Flight flight, PollResult.Succeeded result, @Nullable Outcome outcome, @Nullable Throwable error) {
        if (flight.phase != Flight.Phase.ARRIVING) {
            return;
        }
        if (outcome == null) {
            park(flight, reason(error));
        } else if (outcome.local() != null) {
            park(flight, outcome.local());
        } else if (outcome.failure() != null) {
            refused(flight, result, outcome.failure());
        } else {
            flight.end();
            scene.books().settled(flight.price, result.charged(), Billed.YES);
            scene.loop().durable(scene.ledger().succeed(flight.id(), outcome.artefacts(), result.charged()), done -> {
                scene.books().stands(flight, JobState.DONE);
                scene.books().done(scene.loop().now(), flight.jobs.size());
                events.succeeded(flight);
            });
        }
    }

    private void refused(Flight flight, PollResult.Succeeded result, Failure why) {
        if (why.category() == FailureCategory.AUTH || why.category() == FailureCategory.QUOTA) {
            flight.end();
            events.halt(
                    why.category() == FailureCategory.AUTH ? EndReason.AUTH : EndReason.QUOTA,
                    scene.backend().name() + " does not hand out files: " + why.message());
            events.parked(flight);
        } else if (mayHelpToFetchAgain(why.category())
                && flight.fetches < scene.options().fetchTries()) {
            flight.timer(
                    scene.loop().later(scene.backoff(flight.fetches, why.retryAfter()), () -> begin(flight, result)));
        } else {
            scene.fail(flight, why, result.charged(), events);
        }
    }

    private void park(Flight flight, String why) {
        flight.end();
        events.halt(
                EndReason.LOCAL,
                "files cannot be kept here: " + why + "; mend that and resume, nothing that was paid for is lost");
        events.parked(flight);
    }

    private static void prepare(Path folder) {
        try {
            if (!Folders.isEmpty(folder)) {
                Folders.remove(folder);
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new MoviolaException("the folder " + folder + " cannot be made: " + e, e);
        }
    }

    private Outcome take(Flight flight, FetchResult fetched, Path folder) {
        if (fetched instanceof FetchResult.Failed failed) {
            return isFull(folder)
                    ? Outcome.local("less than " + (LEAST_ROOM >> 20) + " MiB are free in " + folder.getParent())
                    : Outcome.failed(failed.failure());
        }
        List<FetchResult.File> files = ((FetchResult.Fetched) fetched).files();
        Set<JobKey> missing = new HashSet<>();
        flight.jobs.stream().map(Job::key).forEach(missing::add);
        for (FetchResult.File file : files) {
            missing.remove(file.job());
            Optional<String> fault = fault(file);
            if (fault.isPresent()) {
                return Outcome.failed(notAsAsked(fault.get()));
            }
        }
        if (!missing.isEmpty()) {
            return Outcome.failed(notAsAsked(
                    "no file came for job " + missing.iterator().next().brief()));
        }
        List<Artefact> artefacts = new ArrayList<>();
        try {
            for (FetchResult.File file : files) {
                artefacts.add(scene.store().admit(file.path(), file.job(), file.role(), file.mediaType()));
            }
        } catch (RuntimeException e) {
            return Outcome.local(String.valueOf(e.getMessage()));
        }
        return new Outcome(artefacts, null, null);
    }

    private Optional<String> fault(FetchResult.File file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file.path(), BasicFileAttributes.class);
            if (!found.isRegularFile()) {
                return Optional.of(missing(file));
            }
            long size = found.size();
            if (size < 1 || size > scene.options().largestFile()) {
                return Optional.of("a file must hold 1.." + scene.options().largestFile() + " bytes, but "
                        + file.path().getFileName() + " holds " + size);
            }
            return scene.options().check().fault(file);
        } catch (NoSuchFileException e) {
            return Optional.of(missing(file));
        } catch (IOException | RuntimeException e) {
            return Optional.of("the file " + file.path().getFileName() + " cannot be read: " + e.getMessage());
        }
    }

    private static String missing(FetchResult.File file) {
        return "the file " + file.path().getFileName() + " is missing";
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < LEAST_ROOM;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean mayHelpToFetchAgain(FailureCategory category) {
        return switch (category) {
            case RATE, TRANSIENT, INTERNAL, DEADLINE, ARTEFACT, UNKNOWN -> true;
            case MODERATION, VALIDATION, AUTH, QUOTA, CANCELLED -> false;
        };
    }

    private static FetchResult tooSlow() {
        return new FetchResult.Failed(Failure.of(
                FailureCategory.TRANSIENT,
                Billed.YES,
                SLOW,
                "the files did not come within " + FETCH_PATIENCE.toMinutes() + " minutes"));
    }

    private static FetchResult broken(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return new FetchResult.Failed(
                Failure.of(FailureCategory.INTERNAL, Billed.YES, "", "the backend broke while fetching: " + cause));
    }

    private static Failure notAsAsked(String what) {
        return Failure.of(FailureCategory.ARTEFACT, Billed.YES, "", what);
    }

    private static String reason(@Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String known = cause instanceof MoviolaException ? cause.getMessage() : null;
        return known == null ? String.valueOf(cause) : known;
    }

    private record Outcome(
            List<Artefact> artefacts,
            @Nullable Failure failure,
            @Nullable String local) {
        static Outcome failed(Failure failure) {
            return new Outcome(List.of(), failure, null);
        }

        static Outcome local(String fault) {
            return new Outcome(List.of(), null, fault);
        }
    }
}
