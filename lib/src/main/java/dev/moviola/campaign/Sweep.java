package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.VideoBackend;
import dev.moviola.campaign.internal.EarlierClips;
import dev.moviola.campaign.internal.EarlierValues;
import dev.moviola.campaign.internal.StepThread;
import dev.moviola.dispatch.DispatchOptions;
import dev.moviola.display.ProgressSink;
import dev.moviola.ledger.Money;
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

    private final Run run;
    private final SweepSpec spec;
    private final Study study;
    private final StepThread steps = new StepThread();
    private final SweepBounds bounds;
    private @Nullable EarlierValues earlierValues;
    private @Nullable EarlierClips earlier;
    private volatile @Nullable ClipObjective clips;
    private volatile @Nullable SweepWork work;
    private volatile boolean drained;
    private volatile boolean stopped;

    private Sweep(Run run, SweepSpec spec) {
        this.run = run;
        this.spec = spec;
        this.bounds = new SweepBounds(run, spec);
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
        bounds.time(limit);
        return this;
    }

    /** Sets anew what the sweep may cost in all, what is spent included; kept in the run. No clip is begun beyond it. */
    public Sweep costingNoMore(Money limit) {
        bounds.money(limit);
        return this;
    }

    /**
     * Sets anew how many trials there are to be, those known beforehand not counted; kept in the run. All else, and above
     * all the sampler that was chosen for the first number, stays.
     *
     * @param trials how many in all, at least 1; when there are as many already, no other is begun
     */
    public Sweep extend(long trials) {
        bounds.trials(trials);
        return this;
    }

    /** What is left to do of the sweep in {@code run}, which may be open for reading alone. */
    public static SweepLeft left(Run run) {
        SweepBounds bounds = new SweepBounds(run, spec(run));
        return SweepLeft.of(
                run,
                StudySnapshot.of(run).map(StudySnapshot::trials).orElse(List.of()),
                bounds.trials(),
                bounds.limits().spendCap(),
                bounds.time());
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
        ClipObjective at = clips;
        if (at != null) {
            at.drain();
        }
    }

    /** Lets {@link #run} return within a few seconds; trials that run are left open. */
    public void stop() {
        stopped = true;
        drain();
        ClipObjective at = clips;
        if (at != null) {
            at.stop();
        }
        SweepWork running = work;
        if (running != null) {
            running.stop();
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
        try (SweepClock counting = SweepClock.start(run.ledger())) {
            SweepWork before = work;
            if (before != null) {
                before.giveBack();
            }
            SweepWork begun = new SweepWork(spec, study, bounds, () -> over(counting), () -> stopped);
            work = begun;
            Runnable ended = () -> listener.accept(progress(counting));
            String why = spec.command() == null
                    ? clips(begun, parallel, counting, ended)
                    : program(begun, parallel, counting, ended);
            return summary(counting, why);
        }
    }

    private String program(SweepWork begun, int parallel, SweepClock began, Runnable ended) {
        try (ProgramObjective program = ProgramObjective.of(spec, run.folder(), parallel);
                StudyDoor door = StudyDoor.open(study, run.folder(), bounds.trials(), () -> over(began))) {
            work(begun, parallel, door, trial -> values(program, trial), ended);
            return "";
        }
    }

    private String clips(SweepWork begun, int parallel, SweepClock began, Runnable ended) {
        DispatchOptions options =
                bounds.limits().apply(DispatchOptions.defaults()).withSeed(spec.seed());
        try (VideoBackend backend = backend(spec, run.folder(), parallel);
                ClipObjective made = new ClipObjective(spec, run, backend, options, earlier, begun::leftOpen);
                StudyDoor door = StudyDoor.open(study, run.folder(), bounds.trials(), () -> over(began), made)) {
            clips = made;
            if (stopped) {
                made.stop();
            }
            work(begun, parallel, door, trial -> Optional.of(made.tried(trial)), ended);
            return made.whyOver();
        }
    }

    private void work(SweepWork begun, int parallel, StudyDoor door, SweepWork.Valued valued, Runnable ended) {
        try {
            begun.run(parallel, door, valued, ended);
        } catch (ExecutionException e) {
            drained = true;
            throw e.getCause() instanceof MoviolaException known
                    ? known
                    : new MoviolaException("the sweep stopped: " + e.getCause(), e.getCause());
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

    /** Why no trial is begun any more; empty while they are. */
    private String over(SweepClock began) {
        return drained ? "it was asked to end" : late(began) ? TIME_IS_OVER : "";
    }

    private boolean late(SweepClock began) {
        Duration limit = bounds.time();
        return limit != null && began.elapsed().compareTo(limit) > 0;
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
                trials.size() - running, failed, bounds.trials(), study.best().orElse(null), began.own());
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
                // One for each trial at a time, and for those of guests as many as this machine may carry.
                ? Rehearsal.tuned(Math.max(threads, Runtime.getRuntime().availableProcessors()))
                : Backends.open(spec.backend(), spec.limits(), folder);
    }

    @Override
    public void close() {
        run.close();
    }
}
