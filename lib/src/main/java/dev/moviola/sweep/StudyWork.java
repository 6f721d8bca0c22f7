package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Works through the trials of a study with an objective, on one thread or on several. */
record StudyWork(Study study, Objectives objective, long count) {
    private static final int MOST_ATTEMPTS = 3;

    private static final long LOOK_MILLIS = 200;

    void run(int workers) {
        if (count < 1 || workers < 1 || workers > 1_000) {
            throw new MoviolaException(
                    "there must be 1 or more trials and 1..1000 workers, but there were " + count + " and " + workers);
        }
        if (workers == 1) {
            trials(new AtomicBoolean());
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(null);
            }
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            AtomicBoolean broken = new AtomicBoolean();
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                done.add(pool.submit(() -> trials(broken)));
            }
            for (Future<?> worker : done) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MoviolaException known
                    ? known
                    : new MoviolaException("the study stopped: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static MoviolaException interrupted(@Nullable InterruptedException cause) {
        return new MoviolaException("the study was interrupted; optimize again to go on", cause);
    }

    private void trials(AtomicBoolean broken) {
        boolean ended = false;
        try {
            while (!broken.get()) {
                Optional<Trial> next = study.next(count);
                if (next.isPresent()) {
                    workOrGiveBack(next.get(), broken);
                } else if (study.waits(count)) {
                    study.await(LOOK_MILLIS);
                } else {
                    break;
                }
            }
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // What this worker leaves open, others would wait for.
            if (!ended) {
                broken.set(true);
            }
        }
    }

    /** A trial that is broken off is tried again by whoever goes on. */
    private void workOrGiveBack(Trial trial, AtomicBoolean broken) throws InterruptedException {
        try {
            work(trial);
        } catch (InterruptedException | RuntimeException | Error e) {
            broken.set(true);
            try {
                study.giveBack(trial);
            } catch (RuntimeException alsoBroken) {
                e.addSuppressed(alsoBroken);
            }
            throw e;
        }
    }

    private void work(Trial trial) throws InterruptedException {
        double[] values;
        try {
            values = objective.values(trial);
        } catch (InterruptedException e) {
            throw e;
        } catch (TrialPruned e) {
            study.tellPruned(trial);
            return;
        } catch (Exception e) {
            study.tellAttemptFailed(trial, e.getMessage() == null ? e.toString() : e.getMessage(), MOST_ATTEMPTS);
            return;
        }
        Optional<String> why = study.wrong(values);
        if (why.isEmpty()) {
            study.tell(trial, values);
        } else {
            study.tellFailure(trial, why.get());
        }
    }
}
