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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicBoolean stopped = new AtomicBoolean();

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
        stopped.set(true);
    }

    /**
     * Scores what is not scored, and blocks until that is done.
     *
     * @param listener told after each clip, from one thread at a time
     */
    public ScoringSummary run(Consumer<ScoringProgress> listener) {
        long began = System.nanoTime();
        Map<String, List<Artefact>> clips = unscored();
        long total = clips.size();
        AtomicLong frames = new AtomicLong();
        AtomicLong scored = new AtomicLong();
        List<String> failures = new ArrayList<>();
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "scoring");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> tasks = new ArrayList<>();
            clips.forEach((sha256, artefacts) -> tasks.add(CompletableFuture.runAsync(
                    () -> {
                        if (stopped.get()) {
                            return;
                        }
                        try {
                            DefectReport report = scoreOne(sha256, artefacts);
                            frames.addAndGet(report.video().frames());
                            scored.incrementAndGet();
                        } catch (MoviolaException e) {
                            synchronized (failures) {
                                failures.add(e.getMessage());
                            }
                            run.ledger()
                                    .note(
                                            artefacts.get(0).job(),
                                            "score-failure",
                                            Parameters.of("clip", sha256, "message", String.valueOf(e.getMessage())));
                        }
                        synchronized (listener) {
                            Duration elapsed = Duration.ofNanos(System.nanoTime() - began);
                            listener.accept(new ScoringProgress(
                                    scored.get(), failureCount(failures), total, frames.get(), elapsed));
                        }
                    },
                    workers)));
            try {
                CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)).join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof MoviolaException known) {
                    throw known;
                }
                throw e;
            }
        } finally {
            workers.shutdownNow();
        }
        return new ScoringSummary(
                scored.get(),
                List.copyOf(failures),
                total - scored.get() - failures.size(),
                frames.get(),
                Duration.ofNanos(System.nanoTime() - began));
    }

    private static int failureCount(List<String> failures) {
        synchronized (failures) {
            return failures.size();
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

    /** The report of one clip, made now unless it is there. */
    DefectReport reportOf(Artefact clip) {
        Optional<DefectReport> known = find(run.folder(), clip.sha256())
                .filter(report -> report.scorer().equals(scorer.id()));
        if (known.isPresent()) {
            keep(known.get(), List.of(clip));
            return known.get();
        }
        return scoreOne(clip.sha256(), List.of(clip));
    }

    private DefectReport scoreOne(String sha256, List<Artefact> artefacts) {
        DefectReport report = scorer.score(run.file(artefacts.get(0)));
        Path file = reportFile(run.folder(), sha256);
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
        keep(report, artefacts);
        return report;
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
}
