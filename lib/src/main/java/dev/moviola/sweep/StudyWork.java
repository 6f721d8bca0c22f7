package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works through the trials of a study with an objective, on one thread or on several. */
record StudyWork(Study study, Objectives objective, long count) {
    private static final int MOST_ATTEMPTS = 3;

    void run(int workers) {
        if (count < 1 || workers < 1 || workers > 1_000) {
            throw new MoviolaException(
                    "there must be 1 or more trials and 1..1000 workers, but there were " + count + " and " + workers);
        }
        if (workers == 1) {
            trials();
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                done.add(pool.submit(this::trials));
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
            throw new MoviolaException("the study was interrupted; optimize again to go on", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void trials() {
        for (Optional<Trial> next = study.next(count); next.isPresent(); next = study.next(count)) {
            Trial trial = next.get();
            double[] values;
            try {
                values = objective.values(trial);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (TrialPruned e) {
                study.tellPruned(trial);
                continue;
            } catch (Exception e) {
                study.tellAttemptFailed(trial, e.getMessage() == null ? e.toString() : e.getMessage(), MOST_ATTEMPTS);
                continue;
            }
            Optional<String> why = study.wrong(values);
            if (why.isEmpty()) {
                study.tell(trial, values);
            } else {
                study.tellFailure(trial, why.get());
            }
        }
    }
}
