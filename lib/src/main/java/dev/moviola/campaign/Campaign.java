package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.Capabilities;
import dev.moviola.backend.VideoBackend;
import dev.moviola.campaign.internal.StepThread;
import dev.moviola.campaign.internal.SweepFiles;
import dev.moviola.defect.Scorer;
import dev.moviola.dispatch.DispatchListener;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.dispatch.DispatchSummary;
import dev.moviola.dispatch.Dispatcher;
import dev.moviola.display.LiveProgress;
import dev.moviola.display.ProgressSink;
import dev.moviola.frame.ChartImage;
import dev.moviola.frame.ChartTheme;
import dev.moviola.frame.Charts;
import dev.moviola.frame.Effect;
import dev.moviola.frame.Effects;
import dev.moviola.frame.JobRow;
import dev.moviola.frame.RunTable;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.JobState;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.Tally;
import dev.moviola.prompt.Mutator;
import dev.moviola.prompt.Variant;
import dev.moviola.report.ReportOptions;
import dev.moviola.report.ReportPage;
import dev.moviola.report.ReportSource;
import dev.moviola.report.RunSummary;
import dev.moviola.report.SweepFindings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The main job, step by step or in one go.
 *
 * <pre>{@code
 * try (Campaign campaign = Campaign.start(Path.of("runs"), CampaignSpec.rehearsal())) {
 *     campaign.dispatch();
 *     campaign.score();
 *     campaign.report();
 * }
 * }</pre>
 *
 * <p>Each step takes up what is in the run folder and leaves it there, so steps can be done by different processes, be
 * repeated, and go on after a crash. Used by one thread at a time.
 */
public final class Campaign implements AutoCloseable {
    private static final int BATCH = 1_000;

    private final Run run;
    private final CampaignSpec spec;
    private final StepThread steps = new StepThread();

    private Campaign(Run run, CampaignSpec spec) {
        this.run = run;
        this.spec = spec;
    }

    /** Makes a run for {@code spec} in a new folder of {@code runsRoot}. Nothing is submitted yet. */
    public static Campaign start(Path runsRoot, CampaignSpec spec) {
        return new Campaign(Run.create(runsRoot, spec.title(), spec.toParameters()), spec);
    }

    /**
     * Opens the run of a campaign for writing.
     *
     * @throws MoviolaException when it is another kind of run
     */
    public static Campaign open(Path runFolder) {
        Run run = Run.open(runFolder);
        try {
            return new Campaign(run, spec(run));
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /**
     * The spec of a campaign's run.
     *
     * @throws MoviolaException when it is another kind of run
     */
    public static CampaignSpec spec(Run run) {
        String type = run.spec().text("type", "unknown");
        if (!type.equals("campaign")) {
            throw new MoviolaException(
                    "the run " + run.folder() + " must be a campaign to be dispatched, but is of type " + type
                            + "; score and report work for every run");
        }
        return CampaignSpec.of(run.title(), run.spec());
    }

    /** The run. */
    public Run run() {
        return run;
    }

    /** What the campaign is to do. */
    public CampaignSpec spec() {
        return spec;
    }

    /**
     * Writes every variant to the ledger as a READY job, without dispatching. Needed only to look at variants before
     * they are dispatched: a dispatch makes those that are not there yet.
     *
     * @return how many jobs were added
     */
    public long mutate() {
        long added = 0;
        List<Job> batch = new ArrayList<>();
        for (Iterator<Job> jobs = jobs(); jobs.hasNext(); ) {
            batch.add(jobs.next());
            if (batch.size() == BATCH || !jobs.hasNext()) {
                added += run.ledger().add(batch).join();
                batch.clear();
            }
        }
        return added;
    }

    /**
     * What a dispatch would do now: jobs that have ended are not counted.
     *
     * @param only at most this many submissions
     */
    public CampaignPlan plan(long only) {
        try (VideoBackend backend = Backends.open(spec.backend(), spec.limits(), run.folder())) {
            Tally tally = run.ledger().tally();
            long ended = tally.count(JobState.DONE)
                    + tally.count(JobState.FAILED)
                    + tally.count(JobState.CANCELLED)
                    + tally.count(JobState.IN_FLIGHT)
                    + tally.count(JobState.UNKNOWN);
            long wanted = Math.max(Mutator.of(spec.mutation()).count(), tally.total());
            long submissions = Math.min(only, Math.max(0, wanted - ended));
            Money each = wanted == 0 ? Money.ZERO : backend.price(List.of(jobs().next()));
            Capabilities can = backend.capabilities();
            Double own = spec.limits().submitsPerSecond();
            double rate = own == null ? can.submitsPerSecond() : own;
            Duration atLeast = Double.isInfinite(rate)
                    ? Duration.ZERO
                    : Duration.ofMillis((long) Math.ceil(Math.max(0, submissions - 1) / rate * 1e3));
            return new CampaignPlan(
                    submissions,
                    each,
                    each.times(submissions),
                    atLeast,
                    rate,
                    !spec.backend().name().equals("xai"));
        }
    }

    /** Dispatches what has not ended, and shows how it stands; see {@link #dispatch(DispatchOptions, ProgressSink, BiConsumer)}. */
    public DispatchSummary dispatch() {
        return dispatch(DispatchOptions.defaults());
    }

    /** Dispatches what has not ended, and shows how it stands; see {@link #dispatch(DispatchOptions, ProgressSink, BiConsumer)}. */
    public DispatchSummary dispatch(DispatchOptions options) {
        return dispatch(options, ProgressSink.display(), (dispatcher, running) -> {});
    }

    /**
     * Dispatches what has not ended, and blocks until that is done or cannot go on. When the caller is interrupted, the
     * dispatch is stopped: what was accepted stays open in the ledger, and another dispatch goes on with it.
     *
     * @param options further options; the limits of the spec are applied on top
     * @param sink where it is shown
     * @param running see {@link #dispatch(DispatchOptions, DispatchListener, BiConsumer)}
     * @throws MoviolaException when the caller was interrupted
     */
    public DispatchSummary dispatch(
            DispatchOptions options, ProgressSink sink, BiConsumer<Dispatcher, Boolean> running) {
        AtomicBoolean stopped = new AtomicBoolean();
        AtomicReference<@Nullable Dispatcher> at = new AtomicReference<>();
        return steps.run(
                "dispatch",
                () -> shown(
                        sink,
                        live -> dispatch(options, progress -> live.update(progress.toProgress()), (mine, on) -> {
                            at.set(mine);
                            if (stopped.get()) {
                                mine.stop();
                            }
                            running.accept(mine, on);
                        }),
                        DispatchSummary::sentence),
                () -> {
                    stopped.set(true);
                    Dispatcher now = at.get();
                    if (now != null) {
                        now.stop();
                    }
                });
    }

    static <T> T shown(ProgressSink sink, Function<LiveProgress, T> work, Function<T, String> sentence) {
        try (LiveProgress live = new LiveProgress(sink, "it was broken off")) {
            try {
                T summary = work.apply(live);
                live.end(sentence.apply(summary));
                return summary;
            } catch (MoviolaException e) {
                live.end(String.valueOf(e.getMessage()));
                throw e;
            }
        }
    }

    /**
     * Dispatches what has not ended, and blocks until that is done or cannot go on.
     *
     * @param options further options; the limits of the spec are applied on top
     * @param running is given the dispatcher before it starts, to be able to drain or stop it, and true; then, when it
     *     has ended, false
     */
    public DispatchSummary dispatch(
            DispatchOptions options, DispatchListener listener, BiConsumer<Dispatcher, Boolean> running) {
        try (VideoBackend backend = Backends.open(spec.backend(), spec.limits(), run.folder())) {
            DispatchOptions limited =
                    spec.limits().apply(options).withSeed(spec.mutation().seed());
            Dispatcher dispatcher = Dispatcher.of(run, backend, limited).listener(listener);
            running.accept(dispatcher, true);
            try {
                return dispatcher.run(jobs());
            } finally {
                running.accept(dispatcher, false);
            }
        }
    }

    /** Scores the clips that are not scored yet, and shows how it stands; see {@link #score(ProgressSink)}. */
    public ScoringSummary score() {
        return score(ProgressSink.display());
    }

    /**
     * Scores the clips that are not scored yet, and blocks until that is done. When the caller is interrupted, it ends
     * after the clips that are being scored; another scoring goes on with the others.
     *
     * @throws MoviolaException when the caller was interrupted
     */
    public ScoringSummary score(ProgressSink sink) {
        return score(run, sink, scoring -> {}, steps);
    }

    /**
     * Scores the clips of any run that are not scored yet; see {@link #score(ProgressSink)}.
     *
     * @param running is given the scoring before it starts, to be able to end it
     */
    public static ScoringSummary score(Run run, ProgressSink sink, Consumer<Scoring> running) {
        return score(run, sink, running, new StepThread());
    }

    private static ScoringSummary score(Run run, ProgressSink sink, Consumer<Scoring> running, StepThread steps) {
        Scoring scoring = Scoring.of(run, Scorer.standard());
        running.accept(scoring);
        return steps.run(
                "scoring",
                () -> shown(
                        sink,
                        live -> scoring.run(progress -> live.update(progress.toProgress())),
                        ScoringSummary::sentence),
                scoring::stop);
    }

    /** Scores the clips that are not scored yet. */
    public ScoringSummary score(Consumer<ScoringProgress> listener) {
        return Scoring.of(run, Scorer.standard()).run(listener);
    }

    /** Writes scores.csv, summary.json, charts and report.html of the run as it stands. */
    public Path report() {
        return report(run, spec.mutation().seed());
    }

    /**
     * Writes scores.csv, summary.json, charts and report.html of any run as it stands, and trials.csv and trials.json of
     * one that holds a sweep.
     *
     * @return the page
     */
    public static Path report(Run run, long seed) {
        ReportSource source = ReportSource.of(run.folder(), run.title(), run.ledger(), facts(run));
        RunTable.writeCsv(RunTable.of(run.name(), source.rows()), run.folder().resolve("scores.csv"));
        RunSummary.of(source).write(run.folder());
        charts(source, run.folder().resolve("charts"));
        return ReportPage.write(source, ReportOptions.standard().withSeed(seed));
    }

    private static void charts(ReportSource source, Path folder) {
        SweepFindings sweep = source.sweep();
        if (sweep != null) {
            SweepFiles.write(sweep.study(), source.folder());
        }
        if (source.rows().stream().anyMatch(JobRow::isScored)) {
            ChartImage.write(Charts.distribution(source.rows(), ChartTheme.LIGHT), folder.resolve("scores.png"));
            List<Effect> effects = Effects.of(source.rows());
            if (effects.stream().anyMatch(effect -> !Double.isNaN(effect.estimate()))) {
                ChartImage.write(Charts.effects(effects, ChartTheme.LIGHT), folder.resolve("modifiers.png"));
            }
        }
        if (source.rows().stream().anyMatch(row -> row.last() != null)) {
            ChartImage.write(Charts.progress(source.rows(), ChartTheme.LIGHT), folder.resolve("progress.png"));
        }
    }

    @Override
    public void close() {
        run.close();
    }

    /** The jobs of every variant, in order, made as they are asked for. */
    public Iterator<Job> jobs() {
        Iterator<Variant> variants = Mutator.of(spec.mutation()).iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return variants.hasNext();
            }

            @Override
            public Job next() {
                return spec.job(variants.next());
            }
        };
    }

    private static Parameters facts(Run run) {
        Parameters spec = run.spec();
        Parameters mutation = spec.object("mutation");
        boolean hasBackend = spec.has("backend") && !spec.has("command");
        return Parameters.none()
                .with("created", run.frozen().text("created", ""))
                .with("backend", hasBackend ? spec.object("backend").text("name", "") : null)
                .with("request", hasBackend ? spec.object("backend").object("request") : null)
                .with("strategy", mutation.find("strategy").orElse(null))
                .with("seed", mutation.find("seed").or(() -> spec.find("seed")).orElse(null))
                .with(
                        "prompt",
                        spec.find("prompt").filter(any -> !spec.has("command")).orElse(null))
                .with("command", spec.find("command").orElse(null))
                .with("sampler", spec.find("sampler").orElse(null))
                .with("trials", spec.find("trials").orElse(null))
                .with("base prompts", mutation.find("base_prompts").orElse(null))
                .with("limits", spec.has("limits") ? spec.object("limits") : null)
                .with("versions", run.frozen().object("versions"));
    }
}
