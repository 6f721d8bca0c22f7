package dev.moviola.sweep;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.sweep.internal.Coordinates;
import dev.moviola.sweep.internal.LedgerStore;
import dev.moviola.sweep.internal.StudyStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The search for the best value of an objective, or for the best compromises between several.
 *
 * <pre>{@code
 * Study study = Study.create(run).space(space).sampler(Sampler.tpe().seed(7)).minimize("melt");
 * study.optimize(trial -> melt(trial.settings()), 40);
 * TrialRecord best = study.best().orElseThrow();
 * }</pre>
 *
 * <p>Or step by step: {@code trial = study.ask(); study.tell(trial, value)}. It is set up before the first ask. Safe for
 * use by many threads.
 */
public final class Study {
    private final StudyStore store;
    private final TrialBook trials = new TrialBook();
    private final Deque<Long> again = new ArrayDeque<>();
    private final Deque<Parameters> enqueued = new ArrayDeque<>();
    private final Suggestions suggestions = new Suggestions();
    private final Curves curves = new Curves();
    private Space space = Space.empty();
    private boolean defineByRun = true;
    private Sampler sampler = Sampler.random();
    private Pruner pruner = Pruner.none();
    private Goals goals = Goals.of(new Goal("value", Direction.MINIMIZE));
    private boolean begun;
    private int ahead;
    private boolean exhausted;
    private @Nullable SamplerFeed feed;

    private Study(StudyStore store) {
        this.store = store;
    }

    /** A study that is forgotten with the process. */
    public static Study inMemory() {
        return new Study(StudyStore.inMemory());
    }

    /**
     * The study in {@code run}, begun or gone on with. Every trial is on the run's ledger: one that is done is never
     * tried again, and one that was left open by a process that ended is tried first, with the same settings, and counts
     * once.
     *
     * @param run a run that is open for writing
     */
    public static Study create(Run run) {
        return new Study(new LedgerStore(run));
    }

    /** Sets what may be tried. Without a space, trials suggest their parameters themselves. */
    public synchronized Study space(Space space) {
        settingUp("space");
        if (space.dimensions().isEmpty()) {
            throw new MoviolaException(
                    "a space must have parameters, but has none; leave it out to suggest them in trials");
        }
        this.space = space;
        this.defineByRun = false;
        return this;
    }

    /** Sets how to choose what to try. */
    public synchronized Study sampler(Sampler sampler) {
        settingUp("sampler");
        this.sampler = sampler;
        return this;
    }

    /** Sets how to tell which trials are not worth going on with; none is ended early without one. */
    public synchronized Study pruner(Pruner pruner) {
        settingUp("pruner");
        this.pruner = pruner;
        return this;
    }

    /**
     * Has the sampler propose the same for the same seed, however long each of several trials at a time takes: it is told
     * what trials have reached in the order of their numbers, and proposes trial n when it knows those up to n − {@code
     * atATime}, and of the others only that they run. Without this it is told as trials end, and what it proposes with
     * several at a time depends on the order in which they do; that order is kept on the ledger, so that a study that is
     * resumed goes on from what was told. Which trials a pruner ends depends on what else has run in either case.
     *
     * @param atATime how many trials may run at a time, 1..1000; 0 to tell the sampler as trials end
     */
    public synchronized Study inOrder(int atATime) {
        settingUp("order");
        if (atATime < 0 || atATime > 1_000) {
            throw new MoviolaException("trials in order must be in 0..1000 at a time, but were " + atATime);
        }
        this.ahead = atATime;
        return this;
    }

    /** Lower values of {@code metric} are better. */
    public Study minimize(String metric) {
        return goals(new Goal(metric, Direction.MINIMIZE));
    }

    /** Higher values of {@code metric} are better. */
    public Study maximize(String metric) {
        return goals(new Goal(metric, Direction.MAXIMIZE));
    }

    /** Sets one or more goals; with several there is no single best trial but a {@link #front}. */
    public synchronized Study goals(Goal... goals) {
        settingUp("goals");
        this.goals = Goals.of(goals);
        return this;
    }

    /** Has {@code settings}, a user's own guess, tried before anything that the sampler proposes. */
    public synchronized Study enqueue(Parameters settings) {
        enqueued.add(defineByRun ? settings : space.check(settings));
        exhausted = false;
        return this;
    }

    /**
     * Begins a trial: one that an earlier process left open if there is one, else a new one.
     *
     * @throws MoviolaException when there is nothing left to try
     */
    public synchronized Trial ask() {
        Optional<Trial> next = next(Long.MAX_VALUE);
        if (next.isEmpty() && waits(Long.MAX_VALUE)) {
            throw new MoviolaException("a study in order must have no more than " + ahead
                    + " trials at a time, but trial " + (trials.following() - ahead)
                    + " has not ended yet; tell it first");
        }
        return next.orElseThrow(() -> new MoviolaException("there must be something left to try, but the sampler "
                + sampler.name() + " has proposed all of its " + trials().size() + " trials"));
    }

    /**
     * Ends a trial with the value that it reached.
     *
     * @throws MoviolaException when {@code value} is not finite, or the trial has ended; nothing changes then
     */
    public void tell(Trial trial, double value) {
        tell(trial, new double[] {value});
    }

    /**
     * Ends a trial with the values that it reached, one for each goal.
     *
     * @throws MoviolaException when there are more or fewer, one is not finite, or the trial has ended; nothing changes
     *     then
     */
    public synchronized void tell(Trial trial, double[] values) {
        trials.told(trial.number());
        goals.wrong(values).ifPresent(why -> {
            throw new MoviolaException("trial " + trial.number() + ": " + why + "; tell a failure instead");
        });
        List<Double> reached = java.util.Arrays.stream(values).boxed().toList();
        end(new TrialRecord(trial.number(), TrialState.COMPLETE, settings(trial.number()), reached, null));
    }

    /** Ends a trial without a value. */
    public synchronized void tellFailure(Trial trial, String why) {
        trials.told(trial.number());
        end(new TrialRecord(trial.number(), TrialState.FAILED, settings(trial.number()), List.of(), why));
    }

    /** Ends a trial early, because what it reported does not promise enough. It counts, and is not tried again. */
    public synchronized void tellPruned(Trial trial) {
        trials.told(trial.number());
        String why = String.valueOf(prunedAt(trial.number()).getMessage());
        end(new TrialRecord(trial.number(), TrialState.PRUNED, settings(trial.number()), List.of(), why));
    }

    /** What trial {@code number} reported on its way: the value at each step. */
    public synchronized NavigableMap<Long, Double> reports(long number) {
        begin();
        return curves.values(number, goals.first());
    }

    /**
     * Tries until the study holds {@code count} trials or the sampler has nothing left. A trial that fails is tried again,
     * three times in all, and counts once.
     */
    public Study optimize(Objective objective, long count) {
        return optimize(objective, count, 1);
    }

    /** Like {@link #optimize(Objective, long)}, with up to {@code workers} trials at a time. */
    public Study optimize(Objective objective, long count, int workers) {
        return optimizeAll(trial -> new double[] {objective.value(trial)}, count, workers);
    }

    /** Like {@link #optimize(Objective, long, int)}, for several goals. */
    public Study optimizeAll(Objectives objective, long count, int workers) {
        new StudyWork(this, objective, count).run(workers);
        return this;
    }

    /** Every trial, in order of number. */
    public synchronized List<TrialRecord> trials() {
        begin();
        return trials.all();
    }

    /**
     * The trial with the best value of the first goal, the earliest of equals; empty before one is complete.
     */
    public synchronized Optional<TrialRecord> best() {
        begin();
        return trials.best(goals);
    }

    /** The complete trials of which no other is better in one goal without being worse in another, by number. */
    public synchronized List<TrialRecord> front() {
        begin();
        return trials.front(goals);
    }

    /** The study as it stands now, to look at; what trials took is known of a study in a run. */
    public synchronized StudySnapshot snapshot() {
        begin();
        return new StudySnapshot(space, goals(), trials(), trials.reached(curves, goals.first()), store.times());
    }

    /** What may be tried, as far as it is known. */
    public synchronized Space space() {
        begin();
        return space;
    }

    /** The name of what is optimised first. */
    public synchronized String metric() {
        return goals.first().metric();
    }

    /** Which values of it are better. */
    public synchronized Direction direction() {
        return goals.first().direction();
    }

    /** What is optimised, at least one thing. */
    public synchronized List<Goal> goals() {
        return goals.all();
    }

    synchronized Parameters settings(long number) {
        return suggestions.tried(trials.of(number));
    }

    synchronized Object suggest(long number, String name, Domain domain) {
        TrialRecord trial = trials.running(number, "suggest " + name);
        if (Suggestions.adds(space, defineByRun, name, domain)) {
            space = space.add(name, domain);
            store.setUp(setup().toParameters());
            feed().spaceGrew();
        }
        Object value = trial.settings().asMap().get(name);
        if (value == null && !defineByRun) {
            throw new MoviolaException(
                    name + " must be active to be suggested, but trial " + number + " tries " + trial.settings());
        }
        if (value == null) {
            value = Coordinates.draw(domain, name, sampler.seed(), number);
        }
        if (!domain.holds(value)) {
            throw new MoviolaException(name + " must lie in " + domain.toParameters() + ", but trial " + number
                    + " was enqueued with " + value);
        }
        Parameters more = trial.settings().with(name, value);
        trials.put(new TrialRecord(number, TrialState.RUNNING, more, List.of(), null));
        suggestions.ask(number, name);
        return value;
    }

    synchronized void report(long number, long step, double value) {
        trials.running(number, "report");
        StudyStore.Report report = curves.check(number, step, value, goals.first());
        store.report(report);
        curves.put(report, goals.first());
    }

    synchronized boolean shouldPrune(long number) {
        return !goals.several() && curves.prunes(pruner, number);
    }

    synchronized TrialPruned prunedAt(long number) {
        return curves.pruned(number, goals.first());
    }

    synchronized Optional<String> wrong(double[] values) {
        return goals.wrong(values);
    }

    /**
     * Ends one attempt at a trial. The trial is tried again, with the same settings and without counting anew, unless this
     * was the last of {@code most} attempts; then it ends without a value.
     */
    public synchronized void tellAttemptFailed(Trial trial, String why, int most) {
        trials.told(trial.number());
        if (store.failures(trial.number()) + 1 < most) {
            store.retry(trial.number(), why);
            curves.forget(trial.number());
            again.add(trial.number());
            notifyAll();
        } else {
            tellFailure(trial, why);
        }
    }

    /** Gives back a trial that nobody works on any more. It is tried again first; the attempt does not count. */
    public synchronized void giveBack(Trial trial) {
        trials.told(trial.number());
        store.putBack(trial.number());
        curves.forget(trial.number());
        again.add(trial.number());
        notifyAll();
    }

    /**
     * Begins a trial like {@link #ask}, but none when there is nothing left to try, or when it would be a new one and
     * the study holds {@code count} trials or {@link #waits}.
     */
    public synchronized Optional<Trial> next(long count) {
        begin();
        Long open = again.poll();
        if (open != null) {
            store.begin(open, trials.of(open).settings());
            return Optional.of(new Trial(this, open));
        }
        long number = trials.following();
        if (number >= count || feed().waits(number)) {
            return Optional.empty();
        }
        Optional<Parameters> settings = Optional.ofNullable(enqueued.poll());
        if (settings.isEmpty()) {
            settings = feed().ask(space, number);
        } else if (!defineByRun) {
            space.check(settings.get());
        }
        if (settings.isEmpty()) {
            exhausted = true;
            return Optional.empty();
        }
        store.begin(number, settings.get());
        happened(new TrialRecord(number, TrialState.RUNNING, settings.get(), List.of(), null));
        return Optional.of(new Trial(this, number));
    }

    /** Whether there may be another trial although {@link #next} gave none, since earlier ones must end first. */
    public synchronized boolean waits(long count) {
        begin();
        return ahead > 0 && !exhausted && (!again.isEmpty() || trials.size() == 0 || trials.following() < count);
    }

    /** Waits until something has happened, for {@code millis} at most. */
    synchronized void await(long millis) throws InterruptedException {
        wait(millis);
    }

    private void end(TrialRecord trial) {
        store.end(trial);
        happened(trial);
    }

    private void happened(TrialRecord trial) {
        trials.put(trial);
        suggestions.end(trial.number());
        if (defineByRun && trial.state() == TrialState.RUNNING) {
            suggestions.begin(trial.number());
        }
        feed().happened(trial);
        notifyAll();
    }

    private SamplerFeed feed() {
        SamplerFeed at = feed;
        if (at == null) {
            throw new IllegalStateException("the study has not begun");
        }
        return at;
    }

    private void begin() {
        if (begun) {
            return;
        }
        if (goals.several() && !sampler.takesSeveralGoals()) {
            throw new MoviolaException("the sampler of a study with "
                    + goals.all().size() + " goals must take several, but " + sampler.name() + " takes one; use nsga2");
        }
        store.setup().ifPresent(kept -> {
            StudySetup resumed = setup().resuming(kept);
            space = resumed.space();
            defineByRun = resumed.defineByRun();
        });
        if (defineByRun && ahead > 0) {
            throw new MoviolaException("a study in order must have a space, but its trials find out what may be tried");
        }
        feed = new SamplerFeed(sampler, space, goals, defineByRun, ahead);
        for (StudyStore.Event event : store.events()) {
            happened(event.trial());
        }
        for (StudyStore.Report report : store.reports()) {
            curves.put(report, goals.first());
        }
        for (long open : trials.open()) {
            again.add(open);
            curves.forget(open);
        }
        Parameters setup = setup().toParameters();
        if (!store.setup().equals(Optional.of(setup))) {
            store.setUp(setup);
        }
        begun = true;
    }

    private StudySetup setup() {
        return new StudySetup(space, defineByRun, goals, sampler, ahead);
    }

    private void settingUp(String what) {
        if (begun) {
            throw new MoviolaException("the " + what + " of a study must be set before its first trial, but there are "
                    + trials.size() + " trials");
        }
    }
}
