package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.defect.Metric;
import dev.moviola.defect.Metrics;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Pruner;
import dev.moviola.sweep.Sampler;
import dev.moviola.sweep.SamplerChoice;
import dev.moviola.sweep.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep is to do; frozen in run.json.
 *
 * @param title names the run
 * @param space what may be tried
 * @param sampler name of the sampler, or auto
 * @param seed of the sampler
 * @param goals what is optimised: metrics of the scorer, or, with a command, what it prints
 * @param trials how many trials there are to be, those of {@code known} not counted, at least 1
 * @param prompt what each clip shows
 * @param backend who makes the clips; not used with a command
 * @param command a program that gives the values itself, as {@link dev.moviola.command.CommandValue} takes it; null when
 *     clips are made and scored
 * @param tries how often a trial of a command is tried when it fails, 1..10
 * @param limits how hard the backend is driven
 * @param known trials whose values are known beforehand; they come first
 * @param enqueued settings to try before what the sampler proposes
 * @param pruner name of what ends programs early that report too little, as {@link Pruner#named} takes it
 * @param time how long the sweep may take in all, pauses between two processes not counted; null for no limit. Trials
 *     that run when it is over are ended, and none is begun
 * @param inOrder how many trials ahead of what it has been told the sampler proposes, always the same ones for the same
 *     seed, see {@link dev.moviola.sweep.Study#inOrder}; 0 when it is told as trials end
 */
public record SweepSpec(
        String title,
        Space space,
        String sampler,
        long seed,
        List<Goal> goals,
        long trials,
        String prompt,
        BackendSpec backend,
        @Nullable String command,
        int tries,
        Limits limits,
        List<KnownTrial> known,
        List<Parameters> enqueued,
        String pruner,
        @Nullable Duration time,
        int inOrder) {
    /** How many trials there may be at most where only hours limit them and it is not known how long one takes. */
    public static final long OPEN_END = 10_000;

    private static final long FEW = 40;

    /** What a run of this kind has as its type. */
    public static final String TYPE = "sweep";

    /** Checks the rules. */
    public SweepSpec {
        goals = List.copyOf(goals);
        known = List.copyOf(known);
        enqueued = List.copyOf(enqueued);
        if (trials < 1) {
            throw new MoviolaException("a sweep must have 1 or more trials, but had " + trials);
        }
        if (tries < 1 || tries > 10) {
            throw new MoviolaException("tries must be in 1..10, but were " + tries);
        }
        if (goals.isEmpty()) {
            throw new MoviolaException("a sweep must have a metric, but had none");
        }
        if (command == null) {
            for (Goal goal : goals) {
                direction(goal.metric());
            }
        }
        for (Parameters settings : enqueued) {
            space.check(settings);
        }
        for (KnownTrial trial : known) {
            space.check(trial.settings());
            if (trial.values().size() != goals.size()) {
                throw new MoviolaException("a known trial must have a value for each of the " + goals.size()
                        + " metrics, but had " + trial.values());
            }
        }
        Sampler chosen = choice(sampler, space, trials, known.size(), goals).sampler();
        chosen.start(space);
        if (goals.size() > 1 && !chosen.takesSeveralGoals()) {
            throw new MoviolaException("the sampler of a sweep with " + goals.size()
                    + " metrics must take several, but " + chosen.name() + " takes one; use nsga2");
        }
        if (time != null && (time.isNegative() || time.isZero())) {
            throw new MoviolaException("the time of a sweep must be above 0, but was " + time);
        }
        if (inOrder < 0 || inOrder > 1_000) {
            throw new MoviolaException("trials in order must be in 0..1000 at a time, but were " + inOrder);
        }
        if (inOrder > 0 && !pruner.equals("none")) {
            throw new MoviolaException(
                    "a sweep in order must have no pruner, since which trials one ends depends on what"
                            + " else has run by then, but had " + pruner);
        }
        Pruner.named(pruner);
        if (!pruner.equals("none") && (command == null || goals.size() > 1)) {
            throw new MoviolaException("a pruner must have a program that reports one metric on its way, but "
                    + (command == null ? "clips are made" : "there are " + goals.size() + " metrics")
                    + "; leave out the pruner " + pruner);
        }
    }

    /** A sweep that ends no trial early. */
    public SweepSpec(
            String title,
            Space space,
            String sampler,
            long seed,
            List<Goal> goals,
            long trials,
            String prompt,
            BackendSpec backend,
            @Nullable String command,
            int tries,
            Limits limits,
            List<KnownTrial> known,
            List<Parameters> enqueued) {
        this(
                title, space, sampler, seed, goals, trials, prompt, backend, command, tries, limits, known, enqueued,
                "none", null, 0);
    }

    /** How often a trial is tried before it fails: a clip once, since what makes it has tries of its own. */
    int attempts() {
        return command == null ? 1 : tries;
    }

    /** This sweep, with trials that do not promise enough ended early. */
    public SweepSpec withPruner(String name) {
        return change(draft -> draft.pruner = name);
    }

    /**
     * A trial whose values are known beforehand.
     *
     * @param settings what was tried
     * @param values what it reached, one for each goal
     */
    public record KnownTrial(Parameters settings, List<Double> values) {
        /** Copies the values. */
        public KnownTrial {
            values = List.copyOf(values);
        }
    }

    /**
     * A sweep of 40 trials over {@code space} for the best {@code metric} of the scorer, on rehearsal clips, with the
     * sampler that suits it.
     *
     * @throws MoviolaException when no score has the metric
     */
    public static SweepSpec of(Space space, String metric) {
        return new SweepSpec(
                "sweep " + metric,
                space,
                "auto",
                0,
                goals(metric),
                40,
                "samurai vs T-rex",
                new BackendSpec("rehearsal", Parameters.none(), Parameters.none()),
                null,
                1,
                Limits.none(),
                List.of(),
                List.of());
    }

    /** This sweep under another title. */
    public SweepSpec withTitle(String newTitle) {
        return change(draft -> draft.title = newTitle);
    }

    /** This sweep with another sampler, such as {@code tpe}. */
    public SweepSpec withSampler(String name) {
        return change(draft -> draft.sampler = name);
    }

    /** This sweep with another seed of the sampler. */
    public SweepSpec withSeed(long newSeed) {
        return change(draft -> draft.seed = newSeed);
    }

    /** This sweep with other goals, each in the direction in which its metric gets better. */
    public SweepSpec withMetrics(String... metrics) {
        return change(draft -> draft.goals = goals(metrics));
    }

    /** This sweep with that many trials. */
    public SweepSpec withTrials(long count) {
        return change(draft -> draft.trials = count);
    }

    /** This sweep with clips of another prompt. */
    public SweepSpec withPrompt(String text) {
        return change(draft -> draft.prompt = text);
    }

    /** This sweep with clips of another backend. */
    public SweepSpec withBackend(BackendSpec maker) {
        return change(draft -> draft.backend = maker);
    }

    /** This sweep with other limits. */
    public SweepSpec withLimits(Limits newLimits) {
        return change(draft -> draft.limits = newLimits);
    }

    /** This sweep with settings to try before what the sampler proposes. */
    public SweepSpec withEnqueued(Parameters... settings) {
        return change(draft -> draft.enqueued = List.of(settings));
    }

    /** This sweep with a time for all of it, null for no limit. */
    public SweepSpec withTime(@Nullable Duration limit) {
        return change(draft -> draft.time = limit);
    }

    /** This sweep with that many trials at a time, always the same ones for the same seed; 0 for no such order. */
    public SweepSpec withOrder(int atATime) {
        return change(draft -> draft.inOrder = atATime);
    }

    private SweepSpec change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new SweepSpec(
                draft.title,
                space,
                draft.sampler,
                draft.seed,
                draft.goals,
                draft.trials,
                draft.prompt,
                draft.backend,
                command,
                tries,
                draft.limits,
                known,
                draft.enqueued,
                draft.pruner,
                draft.time,
                draft.inOrder);
    }

    /** What may be changed, while it is. */
    private static final class Draft {
        private String title;
        private String sampler;
        private long seed;
        private List<Goal> goals;
        private long trials;
        private String prompt;
        private BackendSpec backend;
        private Limits limits;
        private List<Parameters> enqueued;
        private String pruner;
        private @Nullable Duration time;
        private int inOrder;

        private Draft(SweepSpec from) {
            title = from.title;
            sampler = from.sampler;
            seed = from.seed;
            goals = from.goals;
            trials = from.trials;
            prompt = from.prompt;
            backend = from.backend;
            limits = from.limits;
            enqueued = from.enqueued;
            pruner = from.pruner;
            time = from.time;
            inOrder = from.inOrder;
        }
    }

    /** The sampler, and why. */
    public SamplerChoice choice() {
        SamplerChoice choice = choice(sampler, space, trials, known.size(), goals);
        return new SamplerChoice(choice.sampler().seed(seed), choice.why());
    }

    /**
     * Which values of a metric of the scorer are better.
     *
     * @throws MoviolaException when no score has it
     */
    public static Direction direction(String metric) {
        for (Metric known : Metrics.all()) {
            if (known.id().equals(metric)) {
                return known.higherIsBetter() ? Direction.MAXIMIZE : Direction.MINIMIZE;
            }
        }
        throw new MoviolaException("a metric must be one of "
                + String.join(", ", Metrics.all().stream().map(Metric::id).toList()) + ", but was " + metric);
    }

    /** Reads what {@link #toParameters} wrote. */
    public static SweepSpec of(String title, Parameters spec) {
        List<Goal> goals = new ArrayList<>();
        for (Parameters goal : objects(spec, "goals")) {
            goals.add(new Goal(
                    goal.text("metric"),
                    Direction.valueOf(goal.text("direction").toUpperCase(Locale.ROOT))));
        }
        List<KnownTrial> known = new ArrayList<>();
        for (Parameters trial : objects(spec, "known")) {
            known.add(new KnownTrial(
                    trial.object("settings"),
                    trial.list("values").stream()
                            .map(value -> ((Number) value).doubleValue())
                            .toList()));
        }
        return new SweepSpec(
                title,
                Space.parse(spec.object("space").json()),
                spec.text("sampler"),
                spec.integer("seed"),
                goals,
                spec.integer("trials"),
                spec.text("prompt"),
                BackendSpec.of(spec.object("backend")),
                spec.has("command") ? spec.text("command") : null,
                (int) spec.integer("tries", 1),
                Limits.of(spec.object("limits")),
                known,
                objects(spec, "enqueued"),
                spec.text("pruner", "none"),
                spec.has("time_seconds") ? Duration.ofMillis(Math.round(spec.number("time_seconds") * 1e3)) : null,
                (int) spec.integer("in_order", 0));
    }

    /** The form in which it stands in run.json. */
    public Parameters toParameters() {
        return Parameters.of(
                        "type",
                        TYPE,
                        "space",
                        space.toParameters(),
                        "sampler",
                        sampler,
                        "seed",
                        seed,
                        "trials",
                        trials,
                        "prompt",
                        prompt,
                        "backend",
                        backend.toParameters(),
                        "tries",
                        tries,
                        "limits",
                        limits.toParameters())
                .with("command", command)
                .with(
                        "goals",
                        goals.stream()
                                .map(goal -> Parameters.of(
                                        "metric",
                                        goal.metric(),
                                        "direction",
                                        goal.direction().name().toLowerCase(Locale.ROOT)))
                                .toList())
                .with(
                        "known",
                        known.stream()
                                .map(trial -> Parameters.of("settings", trial.settings(), "values", trial.values()))
                                .toList())
                .with("enqueued", enqueued)
                .with("pruner", pruner)
                .with("time_seconds", time == null ? null : time.toMillis() / 1e3)
                .with("in_order", inOrder == 0 ? null : inOrder);
    }

    private static List<Goal> goals(String... metrics) {
        List<Goal> goals = new ArrayList<>();
        for (String metric : metrics) {
            goals.add(new Goal(metric, direction(metric)));
        }
        return goals;
    }

    private static SamplerChoice choice(String sampler, Space space, long trials, int known, List<Goal> goals) {
        if (sampler.equals("auto") && goals.size() > 1) {
            return new SamplerChoice(
                    SamplerChoice.named("nsga2", space, trials).sampler(),
                    "nsga2, because there are " + goals.size() + " metrics");
        }
        if (sampler.equals("auto") && trials == OPEN_END) {
            SamplerChoice few = SamplerChoice.of(space, FEW);
            return few.sampler().name().equals("grid")
                    ? few
                    : new SamplerChoice(
                            Sampler.tpe(),
                            "tpe, which is cheap, because it is not known how many trials the time allows");
        }
        // What is known beforehand is learnt from as well.
        return SamplerChoice.named(sampler, space, sampler.equals("auto") ? trials + known : trials);
    }

    @SuppressWarnings("unchecked")
    private static List<Parameters> objects(Parameters spec, String key) {
        List<Parameters> objects = new ArrayList<>();
        for (Object item : spec.list(key)) {
            objects.add(Parameters.of((java.util.Map<String, ?>) item));
        }
        return objects;
    }
}
