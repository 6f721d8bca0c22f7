package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.campaign.internal.ClipMaker;
import dev.moviola.campaign.internal.EarlierClips;
import dev.moviola.campaign.internal.EarlierValues;
import dev.moviola.campaign.internal.StepThread;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.Scorer;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.display.ProgressSink;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Note;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Pruner;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.StudyDoor;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.Trial;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A search for the best settings of a generator, or of any program, in a run of its own.
 *
 * <pre>{@code
 * try (Sweep sweep = Sweep.start(Path.of("runs"), spec)) {
 *     sweep.run(2, progress -> {});
 *     TrialRecord best = sweep.study().best().orElseThrow();
 * }
 * }</pre>
 *
 * <p>Every trial and every clip is on the run's ledger, so that a sweep that was interrupted, also by a power cut, goes
 * on where it stopped: trials that have ended are not run again, those that were begun are run with the same settings,
 * and clips that were paid for are not paid for again. {@link #drain} and {@link #stop} may be called by any thread.
 */
public final class Sweep implements AutoCloseable {
    /** The reason of a {@link SweepSummary} when the time of the sweep is over. */
    public static final String TIME_IS_OVER = "its time is over";

    private static final String TRIALS = "sweep-trials";
    private static final String MONEY = "sweep-money";
    private static final String TIME = "sweep-time-limit";

    private final Run run;
    private final SweepSpec spec;
    private final Study study;
    private final StepThread steps = new StepThread();
    private volatile long trials;
    private Limits limits;
    private @Nullable Duration most;
    private volatile boolean left;
    private @Nullable EarlierValues earlierValues;
    private @Nullable EarlierClips earlier;
    private volatile @Nullable StudyDoor door;
    private @Nullable ClipMaker maker;
    private @Nullable ExecutorService workers;
    private volatile boolean drained;
    private volatile boolean stopped;

    private Sweep(Run run, SweepSpec spec) {
        this.run = run;
        this.spec = spec;
        this.trials = trials(run, spec);
        this.limits = limits(run, spec);
        this.most = time(run, spec);
        this.study = Study.create(run)
                .space(spec.space())
                .sampler(spec.choice().sampler())
                .pruner(Pruner.named(spec.pruner()))
                .inOrder(spec.inOrder())
                .goals(spec.goals().toArray(Goal[]::new));
        int begun = study.trials().size();
        List<Parameters> first = new ArrayList<>(
                spec.known().stream().map(SweepSpec.KnownTrial::settings).toList());
        first.addAll(spec.enqueued());
        first.subList(Math.min(begun, first.size()), first.size()).forEach(study::enqueue);
    }

    /** Makes a run for {@code spec} in a new folder of {@code runsRoot}. No trial is begun yet. */
    public static Sweep start(Path runsRoot, SweepSpec spec) {
        SweepPlanner.check(spec);
        return closingIfItFails(Run.create(runsRoot, spec.title(), spec.toParameters()), spec);
    }

    /**
     * Opens the run of a sweep to go on with it.
     *
     * @throws MoviolaException when it is another kind of run
     */
    public static Sweep open(Path runFolder) {
        Run run = Run.open(runFolder);
        try {
            return new Sweep(run, spec(run));
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /**
     * The spec of a sweep's run.
     *
     * @throws MoviolaException when it is another kind of run
     */
    public static SweepSpec spec(Run run) {
        String type = run.spec().text("type", "unknown");
        if (!type.equals(SweepSpec.TYPE)) {
            throw new MoviolaException(
                    "the run " + run.folder() + " must be a sweep to be gone on with, but is of type " + type);
        }
        return SweepSpec.of(run.title(), run.spec());
    }

    /**
     * What a sweep would do. Where one clip costs nothing but time, one is made to learn how long.
     *
     * @param parallel how many trials are to run at a time
     */
    public static SweepPlan plan(SweepSpec spec, int parallel) {
        SweepPlanner.check(spec);
        return SweepPlanner.plan(spec, SweepPlanner.budget(spec, parallel));
    }

    /** As without {@code found}, which {@link #budget} gave for the same backend and is not found out again. */
    public static SweepPlan plan(SweepSpec spec, int parallel, SweepBudget found) {
        SweepPlanner.check(spec);
        return SweepPlanner.plan(spec, found);
    }

    /** What the money and the time of a sweep allow, found out as {@link #plan} does. */
    public static SweepBudget budget(SweepSpec spec, int parallel) {
        SweepPlanner.check(spec);
        return SweepPlanner.budget(spec, parallel);
    }

    /** The run. */
    public Run run() {
        return run;
    }

    /** What the sweep is to do. */
    public SweepSpec spec() {
        return spec;
    }

    /** The trials. */
    public Study study() {
        return study;
    }

    /**
     * Sets anew how long the sweep may take in all, what earlier processes took included; kept in the run. No trial is
     * begun after that.
     */
    public Sweep noLongerThan(Duration limit) {
        if (!limit.equals(most)) {
            run.ledger()
                    .note(null, TIME, Parameters.of("seconds", limit.toMillis() / 1e3))
                    .join();
            most = limit;
        }
        return this;
    }

    /** Sets anew what the sweep may cost in all, what is spent included; kept in the run. No clip is begun beyond it. */
    public Sweep costingNoMore(Money limit) {
        if (!limit.equals(limits.spendCap())) {
            run.ledger()
                    .note(null, MONEY, Parameters.of("dollars", limit.inDollars()))
                    .join();
            limits = limits.withSpendCap(limit.inDollars());
        }
        return this;
    }

    /**
     * Sets anew how many trials there are to be, those known beforehand not counted; kept in the run. All else, and above
     * all the sampler that was chosen for the first number, stays.
     *
     * @param trials how many in all, at least 1; when there are as many already, no other is begun
     */
    public Sweep extend(long trials) {
        if (trials < 1) {
            throw new MoviolaException("a sweep must have 1 or more trials, but was to have " + trials);
        }
        if (trials != this.trials) {
            run.ledger().note(null, TRIALS, Parameters.of("trials", trials)).join();
            this.trials = trials;
        }
        return this;
    }

    /** What is left to do of the sweep in {@code run}, which may be open for reading alone. */
    public static SweepLeft left(Run run) {
        SweepSpec spec = spec(run);
        return SweepLeft.of(
                run,
                StudySnapshot.of(run).map(StudySnapshot::trials).orElse(List.of()),
                spec.known().size() + trials(run, spec),
                limits(run, spec).spendCap(),
                time(run, spec));
    }

    /** Takes over clips, or values of the same program, of earlier runs in {@code runsRoot} with the same settings. */
    public Sweep needed(Path runsRoot) {
        if (spec.command() == null) {
            earlier = EarlierClips.in(runsRoot, run.folder());
        } else {
            earlierValues = EarlierValues.in(runsRoot, run.folder(), spec);
        }
        return this;
    }

    /** Begins no more trials; {@link #run} returns when those that run have ended. */
    public void drain() {
        drained = true;
        ClipMaker at = maker;
        if (at != null) {
            at.drain();
        }
    }

    /** Lets {@link #run} return within a few seconds; trials that run are left open. */
    public void stop() {
        stopped = true;
        drain();
        ClipMaker at = maker;
        if (at != null) {
            at.stop();
        }
        ExecutorService pool = workers;
        if (pool != null) {
            pool.shutdownNow();
        }
    }

    /** Runs the trials that are left, as many at a time as there are processors; see {@link #search(int, ProgressSink)}. */
    public SweepSummary search() {
        return search(Runtime.getRuntime().availableProcessors(), ProgressSink.display());
    }

    /**
     * Runs the trials that are left, shows how it stands, and blocks until that is done or cannot go on. When the caller
     * is interrupted, the trials that run are ended and no more are begun; another search goes on with the others.
     *
     * @param parallel how many at a time, 1..1000
     * @param sink where it is shown
     * @throws MoviolaException when the caller was interrupted
     */
    public SweepSummary search(int parallel, ProgressSink sink) {
        AtomicBoolean interrupted = new AtomicBoolean();
        return steps.run(
                "sweep",
                () -> {
                    drained = interrupted.get();
                    return Campaign.shown(
                            sink,
                            live -> run(parallel, progress -> live.update(progress.toProgress(study.metric()))),
                            SweepSummary::sentence);
                },
                () -> {
                    interrupted.set(true);
                    drain();
                });
    }

    /**
     * Runs the trials that are left, and blocks until that is done or cannot go on.
     *
     * @param parallel how many at a time, 1..1000
     * @param listener told after each trial, from one thread at a time
     */
    public SweepSummary run(int parallel, Consumer<SweepProgress> listener) {
        left = false;
        try (SweepClock counting = SweepClock.start(run.ledger())) {
            return run(parallel, counting, listener);
        }
    }

    private SweepSummary run(int parallel, SweepClock began, Consumer<SweepProgress> listener) {
        if (spec.command() != null) {
            try (ProgramObjective program = ProgramObjective.of(spec, run.folder(), parallel);
                    StudyDoor opened = StudyDoor.open(study, run.folder(), total(), () -> over(began))) {
                door = opened;
                work(parallel, began, listener, trial -> values(program, trial));
            }
            return summary(began, "");
        }
        DispatchOptions options =
                limits.apply(DispatchOptions.defaults()).withSeed(spec.seed()).withInFlight(parallel);
        try (VideoBackend backend = backend(spec, run.folder(), parallel);
                ClipMaker clips = new ClipMaker(run, backend, options)) {
            maker = clips;
            if (stopped) {
                clips.stop();
            }
            Scoring scoring = Scoring.of(run, Scorer.standard());
            work(parallel, began, listener, trial -> values(clips, scoring, trial));
            return summary(began, clips.whyOver());
        }
    }

    /**
     * Writes trials.csv, trials.json, the charts, the sheet of clips and report.html of the sweep as it stands.
     *
     * @return the page
     */
    public Path report() {
        return Campaign.report(run, spec.seed());
    }

    private interface Valued {
        /** A value for each goal; empty when going on is not worth it. */
        Optional<double[]> of(Trial trial) throws InterruptedException;
    }

    private void work(int parallel, SweepClock began, Consumer<SweepProgress> listener, Valued valued) {
        ExecutorService pool = Executors.newFixedThreadPool(parallel);
        workers = pool;
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < parallel; i++) {
                done.add(pool.submit(() -> trials(began, listener, valued)));
            }
            for (Future<?> worker : done) {
                worker.get();
            }
        } catch (ExecutionException e) {
            drained = true;
            throw e.getCause() instanceof MoviolaException known
                    ? known
                    : new MoviolaException("the sweep stopped: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("the sweep was interrupted; resume to go on", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private void trials(SweepClock began, Consumer<SweepProgress> listener, Valued valued) {
        while (true) {
            Optional<Trial> next = over(began).isEmpty() ? study.next(total()) : Optional.empty();
            if (next.isEmpty()) {
                StudyDoor opened = door;
                boolean others = opened != null && opened.busy();
                if (stopped || (!others && (!over(began).isEmpty() || left || !study.waits(total())))) {
                    return;
                }
                if (!pause()) {
                    return;
                }
                continue;
            }
            Trial trial = next.get();
            try {
                tell(trial, valued);
            } catch (InterruptedException e) {
                // What stays open, others in order would wait for.
                left = true;
                return;
            } catch (RuntimeException e) {
                left = true;
                throw e;
            }
            synchronized (listener) {
                listener.accept(progress(began));
            }
        }
    }

    private void tell(Trial trial, Valued valued) throws InterruptedException {
        Optional<double[]> values;
        try {
            values = trial.number() < spec.known().size()
                    ? Optional.of(ProgramObjective.known(spec, trial.number()))
                    : valued.of(trial);
        } catch (MoviolaException e) {
            study.tellAttemptFailed(trial, String.valueOf(e.getMessage()), spec.command() == null ? 1 : spec.tries());
            return;
        }
        if (values.isPresent()) {
            study.tell(trial, values.get());
        } else {
            study.tellPruned(trial);
        }
    }

    private Optional<double[]> values(ProgramObjective program, Trial trial) throws InterruptedException {
        EarlierValues index = earlierValues;
        Optional<double[]> found = index == null ? Optional.empty() : index.find(trial.number(), trial.settings());
        return found.isPresent()
                ? found
                : program.values(trial.number(), trial.settings(), (step, value) -> {
                    trial.report(step, value);
                    return trial.shouldPrune();
                });
    }

    private long total() {
        return spec.known().size() + trials;
    }

    private static long trials(Run run, SweepSpec spec) {
        return kept(run, TRIALS).map(note -> note.integer("trials")).orElse(spec.trials());
    }

    private static Limits limits(Run run, SweepSpec spec) {
        return kept(run, MONEY)
                .map(note -> spec.limits().withSpendCap(note.number("dollars")))
                .orElse(spec.limits());
    }

    private static @Nullable Duration time(Run run, SweepSpec spec) {
        return kept(run, TIME)
                .map(note -> Duration.ofMillis(Math.round(note.number("seconds") * 1e3)))
                .orElse(spec.time());
    }

    private static Optional<Parameters> kept(Run run, String kind) {
        List<Note> notes = run.ledger().notes(kind);
        return notes.isEmpty()
                ? Optional.empty()
                : Optional.of(notes.get(notes.size() - 1).content());
    }

    /** Why no trial is begun any more; empty while they are. */
    private String over(SweepClock began) {
        return drained ? "it was asked to end" : late(began) ? TIME_IS_OVER : "";
    }

    private static boolean pause() {
        try {
            Thread.sleep(50);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean late(SweepClock began) {
        Duration limit = most;
        return limit != null && began.elapsed().compareTo(limit) > 0;
    }

    private Optional<double[]> values(ClipMaker clips, Scoring scoring, Trial trial) throws InterruptedException {
        Job job = SweepPlanner.job(spec, trial.number(), trial.settings());
        EarlierClips index = earlier;
        if (index != null) {
            index.find(job.key()).ifPresent(found -> clips.takeOver(job, found.file(), found.run()));
        }
        Artefact clip = clips.clip(job);
        DefectReport report = scoring.reportOf(clip);
        return Optional.of(ProgramObjective.numbers(spec.goals(), report.metrics()));
    }

    private SweepProgress progress(SweepClock began) {
        List<TrialRecord> trials = study.trials();
        long failed = trials.stream()
                .filter(trial -> trial.state() == TrialState.FAILED)
                .count();
        long running = trials.stream()
                .filter(trial -> trial.state() == TrialState.RUNNING)
                .count();
        return new SweepProgress(
                trials.size() - running, failed, total(), study.best().orElse(null), began.own());
    }

    private SweepSummary summary(SweepClock began, String why) {
        SweepProgress at = progress(began);
        long open = study.trials().size() - at.ended();
        String reason = "";
        if (!why.isEmpty()) {
            reason = why;
        } else if (!over(began).isEmpty()) {
            reason = over(began);
        } else if (open > 0) {
            reason = "it is not known what became of " + open + " submissions";
        }
        return new SweepSummary(at.ended() - at.failed(), at.failed(), open, reason, at.elapsed());
    }

    private static Sweep closingIfItFails(Run run, SweepSpec spec) {
        try {
            return new Sweep(run, spec);
        } catch (RuntimeException e) {
            run.close();
            throw e;
        }
    }

    /** Settings with the weights of a simplex under names of their own, such as {@code controls.edge}. */
    public static Parameters flat(Parameters settings) {
        Parameters flat = Parameters.none();
        for (Map.Entry<String, Object> setting : settings.asMap().entrySet()) {
            if (setting.getValue() instanceof Map<?, ?> weights) {
                for (Map.Entry<?, ?> weight : weights.entrySet()) {
                    flat = flat.with(setting.getKey() + "." + weight.getKey(), weight.getValue());
                }
            } else {
                flat = flat.with(setting.getKey(), setting.getValue());
            }
        }
        return flat;
    }

    private static VideoBackend backend(SweepSpec spec, Path folder, int threads) {
        return spec.backend().name().equals("rehearsal")
                ? Rehearsal.tuned(threads)
                : Backends.open(spec.backend(), spec.limits(), folder);
    }

    @Override
    public void close() {
        run.close();
    }
}
