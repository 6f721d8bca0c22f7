package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.defect.Scorer;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.StudyGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Works on the trials of a sweep that another process of this machine holds; that one gives them out and writes what
 * comes of them. Programs run in this process; clips are made by the one that holds the sweep, and scored by this one.
 * {@link #drain} and {@link #stop} may be called by any thread.
 */
public final class SweepGuest {
    private static final String ASKED = "it was asked to end";

    private final Path folder;
    private final SweepSpec spec;
    private final AtomicLong ended = new AtomicLong();
    private final Set<StudyGuest> in = ConcurrentHashMap.newKeySet();
    private volatile boolean drained;
    private volatile ExecutorService workers = Executors.newSingleThreadExecutor();

    private SweepGuest(Path folder, SweepSpec spec) {
        this.folder = folder;
        this.spec = spec;
        workers.shutdown();
    }

    /** The sweep whose run lies in {@code folder}. */
    public static SweepGuest of(Path folder) {
        try (Run run = Run.look(folder)) {
            return new SweepGuest(folder, Sweep.spec(run));
        }
    }

    /**
     * How helping ended.
     *
     * @param joined whether the other process let this one in
     * @param ended how many trials this process has ended so far
     * @param reason why there was no other trial; empty when the other process has gone, so that this one may take over
     */
    public record Outcome(boolean joined, long ended, String reason) {}

    /**
     * Works until there are no more trials, or the other process has gone.
     *
     * @param parallel how many at a time, 1..1000
     * @param joined told once when the other process has let this one in
     */
    public Outcome work(int parallel, Runnable joined) {
        ExecutorService pool = Executors.newFixedThreadPool(parallel);
        workers = pool;
        AtomicBoolean first = new AtomicBoolean(true);
        try (Part part = part(parallel)) {
            List<Future<Optional<String>>> done = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                done.add(pool.submit(() -> trials(part, () -> {
                    if (first.getAndSet(false)) {
                        joined.run();
                    }
                })));
            }
            boolean in = false;
            String reason = "";
            for (Future<Optional<String>> worker : done) {
                Optional<String> why = worker.get();
                in |= why.isPresent();
                reason = why.filter(text -> !text.isEmpty()).orElse(reason);
            }
            return new Outcome(in, ended.get(), reason);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MoviolaException known
                    ? known
                    : new MoviolaException("helping stopped: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("helping was interrupted; resume to go on", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Takes no more trials. */
    public void drain() {
        drained = true;
    }

    /** Gives back the trials that run. */
    public void stop() {
        drained = true;
        workers.shutdownNow();
        // One that waits for a clip does not hear of an interrupt.
        in.forEach(StudyGuest::close);
    }

    /** What this process does of each trial. */
    private interface Part extends AutoCloseable {
        /** Whether there may be another trial. */
        boolean attempt(StudyGuest guest, StudyGuest.Task task) throws InterruptedException;

        @Override
        default void close() {}
    }

    private Part part(int parallel) {
        if (spec.command() == null) {
            Scorer scorer = Scorer.standard();
            return (guest, task) -> ClipObjective.help(guest, task, folder, scorer);
        }
        ProgramObjective program = ProgramObjective.of(spec, folder, parallel);
        return new Part() {
            @Override
            public boolean attempt(StudyGuest guest, StudyGuest.Task task) throws InterruptedException {
                Optional<double[]> values = program.values(
                        task.number(), task.settings(), (step, value) -> guest.report(task, step, value));
                if (values.isPresent()) {
                    guest.tell(task, values.get());
                } else {
                    guest.tellPruned(task);
                }
                return true;
            }

            @Override
            public void close() {
                program.close();
            }
        };
    }

    /** Why there was no other trial; an empty text when the holder has gone, nothing when it never let this one in. */
    private Optional<String> trials(Part part, Runnable joined) {
        Optional<StudyGuest> found = StudyGuest.join(folder);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        joined.run();
        try (StudyGuest guest = found.get()) {
            in.add(guest);
            while (!drained) {
                Optional<StudyGuest.Task> next = guest.next();
                if (next.isEmpty() || !attempt(guest, next.get(), part)) {
                    return Optional.of(guest.whyOver());
                }
                ended.incrementAndGet();
            }
            return Optional.of(ASKED);
        } catch (StudyGuest.HostGone e) {
            return Optional.of(drained ? ASKED : "");
        } catch (InterruptedException e) {
            return Optional.of(ASKED);
        } finally {
            in.remove(found.get());
        }
    }

    private boolean attempt(StudyGuest guest, StudyGuest.Task task, Part part) throws InterruptedException {
        try {
            if (task.number() < spec.known().size()) {
                guest.tell(task, ProgramObjective.known(spec, task.number()));
                return true;
            }
            return part.attempt(guest, task);
        } catch (StudyGuest.HostGone e) {
            throw e;
        } catch (MoviolaException e) {
            guest.tellAttemptFailed(task, String.valueOf(e.getMessage()), spec.attempts());
            return true;
        }
    }
}
