package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.Scorer;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobRecord;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Ledger;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Scores the clips of a run that the scorer has not scored yet, several at a time.
 *
 * <p>Each clip's report is written to {@code defects/<sha256>.json} before its metrics go to the ledger, so a scoring
 * that is interrupted goes on where it stopped. Jobs that gave the same clip share one report. A clip that cannot be
 * scored is noted and does not hold up the others. May be stopped from any thread.
 */
public final class Scoring {
    private static final int PAGE = 1_000;

    private final Run run;
    private final Scorer scorer;
    private final int threads;
    private final CompletableFuture<Void> halted = new CompletableFuture<>();
    private volatile boolean stopped;

    private Scoring(Run run, Scorer scorer, int threads) {
        this.run = run;
        this.scorer = scorer;
        this.threads = threads;
    }

    /** A scoring on as many threads as there are processors. */
    public static Scoring of(Run run, Scorer scorer) {
        return new Scoring(run, scorer, Runtime.getRuntime().availableProcessors());
    }

    /** Where the report of a clip lies. */
    public static Path reportFile(Path runFolder, String sha256) {
        return runFolder.resolve("defects").resolve(sha256 + ".json");
    }

    /** Ends after the clips that are being scored. */
    public void stop() {
        stopped = true;
    }

    /** Ends at once; what is being scored is lost, and scored again next time. */
    public void halt() {
        stopped = true;
        halted.complete(null);
    }

    /**
     * Scores what is not scored, and blocks until that is done or stopped. To interrupt the thread is to {@link #halt},
     * and leaves it interrupted.
     *
     * @param listener told after each clip, from one thread at a time
     */
    public ScoringSummary run(Consumer<ScoringProgress> listener) {
        Count count = new Count(listener);
        Map<String, List<Artefact>> clips = unscored();
        count.total = clips.size();
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "scoring");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> tasks = new ArrayList<>();
            clips.forEach((sha256, artefacts) ->
                    tasks.add(CompletableFuture.runAsync(() -> attend(sha256, artefacts, count), workers)));
            CompletableFuture.anyOf(CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)), halted)
                    .get();
        } catch (InterruptedException e) {
            halt();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new CompletionException(e.getCause());
        } finally {
            workers.shutdownNow();
        }
        return count.summary(stopped);
    }

    private void attend(String sha256, List<Artefact> artefacts, Count count) {
        if (stopped) {
            return;
        }
        DefectReport report;
        try {
            report = scorer.score(run.file(artefacts.get(0)));
            if (halted.isDone()) {
                return;
            }
            write(report, run.folder(), sha256);
            keep(report, artefacts);
        } catch (MoviolaException e) {
            if (!halted.isDone()) {
                run.ledger()
                        .note(
                                artefacts.get(0).job(),
                                "score-failure",
                                Parameters.of("clip", sha256, "message", String.valueOf(e.getMessage())));
                count.failed(String.valueOf(e.getMessage()));
            }
            return;
        }
        if (!halted.isDone()) {
            count.scored(report.video().frames());
        }
    }

    private Map<String, List<Artefact>> unscored() {
        Map<String, List<Artefact>> clips = new LinkedHashMap<>();
        Ledger ledger = run.ledger();
        long after = 0;
        while (true) {
            List<JobRecord> page = ledger.jobs(List.of(JobState.DONE), after, PAGE);
            if (page.isEmpty()) {
                return clips;
            }
            for (JobRecord job : page) {
                for (Artefact artefact : job.artefacts()) {
                    if (artefact.role().equals(Artefact.CLIP) && !isScored(artefact)) {
                        clips.computeIfAbsent(artefact.sha256(), key -> new ArrayList<>())
                                .add(artefact);
                    }
                }
                after = job.sequence();
            }
        }
    }

    private boolean isScored(Artefact artefact) {
        return find(run.folder(), artefact.sha256())
                .filter(report -> report.scorer().equals(scorer.id()))
                .isPresent();
    }

    /** The report of a clip, if it has been scored and can be read. */
    public static Optional<DefectReport> find(Path runFolder, String sha256) {
        Path file = reportFile(runFolder, sha256);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DefectReport.fromJson(Files.readString(file)));
        } catch (IOException | MoviolaException e) {
            return Optional.empty();
        }
    }

    /** The report of one clip, made now unless it is there; its metrics are then on the ledger. */
    DefectReport reportOf(Artefact clip) {
        DefectReport report = reportOf(run.folder(), clip.sha256(), run.file(clip), scorer);
        keep(report, List.of(clip));
        return report;
    }

    /** The report of one clip of a run that another process may hold, made and written now unless it is there. */
    static DefectReport reportOf(Path runFolder, String sha256, Path clip, Scorer scorer) {
        Optional<DefectReport> known =
                find(runFolder, sha256).filter(report -> report.scorer().equals(scorer.id()));
        if (known.isPresent()) {
            return known.get();
        }
        DefectReport report = scorer.score(clip);
        write(report, runFolder, sha256);
        return report;
    }

    private static void write(DefectReport report, Path runFolder, String sha256) {
        Path file = reportFile(runFolder, sha256);
        try {
            Files.createDirectories(file.getParent());
            Path written = Files.createTempFile(file.getParent(), "report", ".tmp");
            Files.writeString(written, report.toJson());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new MoviolaException(
                    "the defect report " + file + " could not be written: " + e.getMessage()
                            + "; free some space and score again",
                    e);
        }
    }

    private void keep(DefectReport report, List<Artefact> artefacts) {
        List<Score> scores = new ArrayList<>();
        for (Artefact artefact : artefacts) {
            report.metrics()
                    .forEach((metric, value) ->
                            scores.add(new Score(artefact.job(), artefact.sha256(), metric, value, report.scorer())));
        }
        run.ledger().score(scores).join();
    }

    /** What has come of a scoring so far. Tells the listener of it. */
    private static final class Count {
        private final long began = System.nanoTime();
        private final Consumer<ScoringProgress> listener;
        private final List<String> failures = new ArrayList<>();
        private long total;
        private long scored;
        private long frames;

        Count(Consumer<ScoringProgress> listener) {
            this.listener = listener;
        }

        synchronized void scored(long more) {
            scored++;
            frames += more;
            tell();
        }

        synchronized void failed(String why) {
            failures.add(why);
            tell();
        }

        synchronized ScoringSummary summary(boolean stopped) {
            return new ScoringSummary(scored, failures, total - scored - failures.size(), frames, elapsed(), stopped);
        }

        private void tell() {
            listener.accept(new ScoringProgress(scored, failures.size(), total, frames, elapsed()));
        }

        private Duration elapsed() {
            return Duration.ofNanos(System.nanoTime() - began);
        }
    }
}
