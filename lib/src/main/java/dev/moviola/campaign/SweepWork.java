package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.StudyDoor;
import dev.moviola.sweep.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Works through the trials of a sweep on several threads of the process that holds it, once. */
final class SweepWork {
    private static final long LOOK_MILLIS = 50;

    private final SweepSpec spec;
    private final Study study;
    private final SweepBounds bounds;
    private final Supplier<String> over;
    private final BooleanSupplier stopped;
    private final Queue<Trial> open = new ConcurrentLinkedQueue<>();
    private volatile boolean left;
    private volatile @Nullable ExecutorService workers;

    /**
     * Work that has not begun.
     *
     * @param over says why no trial is begun any more; empty while they are
     * @param stopped whether to end without waiting for guests
     */
    SweepWork(SweepSpec spec, Study study, SweepBounds bounds, Supplier<String> over, BooleanSupplier stopped) {
        this.spec = spec;
        this.study = study;
        this.bounds = bounds;
        this.over = over;
        this.stopped = stopped;
    }

    /** Finds the values of a trial. */
    interface Valued {
        /** A value for each goal; empty when going on is not worth it. */
        Optional<double[]> of(Trial trial) throws InterruptedException;
    }

    /**
     * Blocks until there is no trial to begin, and guests are at none.
     *
     * @param ended told after each trial, from one thread at a time
     */
    void run(int parallel, StudyDoor door, Valued valued, Runnable ended) throws ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(parallel);
        workers = pool;
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                done.add(pool.submit(() -> trials(door, valued, ended)));
            }
            for (Future<?> worker : done) {
                worker.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("the sweep was interrupted; resume to go on", e);
        } finally {
            pool.shutdownNow();
        }
    }

    /** Interrupts the trials that run. */
    void stop() {
        ExecutorService pool = workers;
        if (pool != null) {
            pool.shutdownNow();
        }
    }

    /** Gives the trials that stayed open back to the study, which tries them first, once this work is over. */
    void giveBack() {
        for (Trial trial = open.poll(); trial != null; trial = open.poll()) {
            study.giveBack(trial);
        }
    }

    private void leftOpen(Trial trial) {
        open.add(trial);
        leftOpen();
    }

    /** A trial stays open, for which others in order would wait: they do not. */
    void leftOpen() {
        left = true;
    }

    private void trials(StudyDoor door, Valued valued, Runnable ended) {
        while (true) {
            Optional<Trial> next = over.get().isEmpty() ? study.next(bounds.trials()) : Optional.empty();
            if (next.isEmpty()) {
                boolean none = !over.get().isEmpty() || left || !study.waits(bounds.trials());
                if (stopped.getAsBoolean() || (none && !door.busy()) || !pause()) {
                    return;
                }
                continue;
            }
            try {
                attempt(next.get(), valued);
            } catch (InterruptedException e) {
                leftOpen(next.get());
                // What guests are at is paid for already, and they end it only while this process lets them.
                while (!stopped.getAsBoolean() && door.busy() && pause()) {
                    continue;
                }
                return;
            } catch (RuntimeException e) {
                leftOpen(next.get());
                throw e;
            }
            synchronized (this) {
                ended.run();
            }
        }
    }

    private void attempt(Trial trial, Valued valued) throws InterruptedException {
        Optional<double[]> values;
        try {
            values = trial.number() < spec.known().size()
                    ? Optional.of(ProgramObjective.known(spec, trial.number()))
                    : valued.of(trial);
        } catch (MoviolaException e) {
            study.tellAttemptFailed(trial, String.valueOf(e.getMessage()), spec.attempts());
            return;
        }
        if (values.isPresent()) {
            study.tell(trial, values.get());
        } else {
            study.tellPruned(trial);
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
