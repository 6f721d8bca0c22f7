package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.StudyGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Works on the trials of a sweep that another process of this machine holds; that one gives them out and writes what
 * comes of them. Only sweeps of programs can be helped with. {@link #drain} and {@link #stop} may be called by any thread.
 */
public final class SweepGuest {
    private final Path folder;
    private final SweepSpec spec;
    private final AtomicLong ended = new AtomicLong();
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
        try (ProgramObjective program = ProgramObjective.of(spec, folder, parallel)) {
            List<Future<Optional<String>>> done = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                done.add(pool.submit(() -> trials(program, () -> {
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
    }

    /** Why there was no other trial; an empty text when the holder has gone, nothing when it never let this one in. */
    private Optional<String> trials(ProgramObjective program, Runnable joined) {
        Optional<StudyGuest> found = StudyGuest.join(folder);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        joined.run();
        try (StudyGuest guest = found.get()) {
            while (!drained) {
                Optional<StudyGuest.Task> next = guest.next();
                if (next.isEmpty()) {
                    return Optional.of(guest.whyOver());
                }
                attempt(guest, next.get(), program);
                ended.incrementAndGet();
            }
            return Optional.of("it was asked to end");
        } catch (StudyGuest.HostGone e) {
            return Optional.of("");
        } catch (InterruptedException e) {
            return Optional.of("it was asked to end");
        }
    }

    private void attempt(StudyGuest guest, StudyGuest.Task task, ProgramObjective program) throws InterruptedException {
        Optional<double[]> values;
        try {
            values = program.values(task.number(), task.settings(), (step, value) -> guest.report(task, step, value));
        } catch (StudyGuest.HostGone e) {
            throw e;
        } catch (MoviolaException e) {
            guest.tellAttemptFailed(task, String.valueOf(e.getMessage()), spec.tries());
            return;
        }
        if (values.isPresent()) {
            guest.tell(task, values.get());
        } else {
            guest.tellPruned(task);
        }
    }
}
