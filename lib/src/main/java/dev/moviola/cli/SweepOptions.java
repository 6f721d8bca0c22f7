package dev.moviola.cli;

import dev.moviola.campaign.BackendSpec;
import dev.moviola.campaign.Limits;
import dev.moviola.campaign.SettingsText;
import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepBudget;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.command.CommandValue;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that are frozen with a sweep, to be used as a picocli mixin. */
public final class SweepOptions {
    private static final long DEFAULT_TRIALS = 40;

    @Option(
            names = "--space",
            paramLabel = "FILE",
            description =
                    "What may be tried: a YAML or JSON file, or the name of a shipped space: rehearsal (four knobs), or"
                            + " overnight (weights and subsets of vis, edge, depth and seg, num_steps, guidance,"
                            + " sigma_max, blur strength, canny threshold, seed).")
    private @Nullable String space;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "auto, random, grid, sobol, halton, latin, tpe, cmaes, gp or nsga2. Default: auto.")
    private @Nullable String sampler;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description =
                    "How many trials there are to be; may be given anew on --resume. Default: what the budget allows,"
                            + " or 40 without one.")
    private @Nullable Long trials;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sampler. Default: 0.")
    private @Nullable Long seed;

    private @Nullable SweepBudget found;

    @Mixin
    private final GoalOptions wanted = new GoalOptions();

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "What each clip shows. Default: \"samurai vs T-rex\".")
    private String prompt = "samurai vs T-rex";

    @Option(
            names = "--warm-start",
            paramLabel = "CSV",
            description = "Learn first from trials whose values are known, such as trials.csv of an earlier sweep.")
    private @Nullable Path warmStart;

    @Option(
            names = "--enqueue",
            paramLabel = "K=V,…",
            description = "Try these settings first; may be given several times.")
    private List<String> enqueue = new ArrayList<>();

    @Option(
            names = "--pruner",
            paramLabel = "NAME",
            description =
                    "Ends programs early that promise too little: none, median, halving, asha or hyperband. A program"
                            + " reports by lines such as {\"step\": 3, \"loss\": 0.4}. Default: none.")
    private String pruner = "none";

    @Option(names = "--tries", paramLabel = "N", description = "How often a program is tried that fails. Default: 1.")
    private int tries = 1;

    @Option(
            names = "--budget-dollars",
            paramLabel = "DOLLARS",
            description = "Begin no clip that would make the sweep cost more; may be given anew on --resume.")
    private @Nullable Double dollars;

    @Option(
            names = "--budget-hours",
            paramLabel = "HOURS",
            description =
                    "Begin no trial when the sweep has been worked on so long, pauses not counted; may be given anew on"
                            + " --resume.")
    private @Nullable Double hours;

    @Option(
            names = "--in-order",
            description =
                    "Learn from trials in the order of their numbers, so that the same seed and the same --parallel try"
                            + " the same, however long each takes. Default: as they end.")
    private boolean inOrder;

    @Option(names = "--title", paramLabel = "TEXT", description = "Names the run. Default: sweep and the metric.")
    private @Nullable String title;

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    /**
     * What the sweep is to do.
     *
     * @param parallel how many trials are to run at a time
     * @throws UsageException when the options make no sense
     */
    public SweepSpec spec(int parallel) {
        return UsageException.check(() -> make(parallel));
    }

    private SweepSpec make(int parallel) {
        BackendSpec maker = backend.spec();
        String program = null;
        if (maker.name().equals("command")) {
            String line = maker.options().text("command");
            program = CommandValue.names(line).contains("out") ? null : line;
        } else if (maker.name().equals("rehearsal")) {
            Parameters own = maker.request();
            for (String fixed : List.of("model", "duration", "resolution", "aspect_ratio")) {
                own = own.with(fixed, null);
            }
            maker = new BackendSpec("rehearsal", own, maker.options());
        }
        if (space == null && (program != null || !maker.name().equals("rehearsal"))) {
            throw new UsageException("--space must say what may be tried, as in --space space.yaml");
        }
        Space searched = space(space == null ? "rehearsal" : space);
        List<Goal> goals = wanted.goals(program != null);
        Limits frozen = limits.limits();
        if (dollars != null) {
            frozen = frozen.withSpendCap(money().orElseThrow().inDollars());
        }
        SweepSpec spec = new SweepSpec(
                title == null ? "sweep " + goals.get(0).metric() : title,
                searched,
                sampler == null ? "auto" : sampler,
                seed == null ? 0 : seed,
                goals,
                trials == null ? DEFAULT_TRIALS : trials,
                prompt,
                maker,
                program,
                tries,
                frozen,
                warmStart == null ? List.of() : SettingsText.known(searched, goals, warmStart),
                enqueue.stream().map(text -> SettingsText.pairs(searched, text)).toList(),
                pruner,
                time().orElse(null),
                inOrder ? parallel : 0);
        return trials == null && (spec.time() != null || dollars != null) ? filling(spec, parallel) : spec;
    }

    /** The sweep with as many trials as its budget allows. */
    private SweepSpec filling(SweepSpec spec, int parallel) {
        SweepBudget budget = Sweep.budget(spec, parallel);
        found = budget;
        boolean limited = spec.time() != null || budget.byMoney().isPresent();
        long allowed = budget.of(limited ? SweepSpec.OPEN_END : spec.trials());
        if (allowed < 1) {
            throw new UsageException("a budget must allow a trial, but "
                    + (budget.byMoney().orElse(1) < 1 ? budget.moneySentence() : budget.timeSentence()));
        }
        return spec.withTrials(allowed);
    }

    /** What the budget was found to allow, if {@link #spec} had to find it out. */
    public Optional<SweepBudget> budget() {
        return Optional.ofNullable(found);
    }

    /**
     * What the sweep may cost, if that was given.
     *
     * @throws UsageException when it makes no sense
     */
    public Optional<Money> money() {
        if (dollars != null && !(dollars >= 0 && dollars < 1e8)) {
            throw new UsageException("--budget-dollars must be 0 or more and below 100000000, but was " + dollars);
        }
        return Optional.ofNullable(dollars).map(Money::dollars);
    }

    /**
     * How long the sweep may take, if that was given.
     *
     * @throws UsageException when it makes no sense
     */
    public Optional<Duration> time() {
        if (hours != null && !(hours >= 1e-6 && hours < 1e5)) {
            throw new UsageException("--budget-hours must be above 0 and below 100000, but was " + hours);
        }
        return Optional.ofNullable(hours).map(given -> Duration.ofMillis(Math.max(1, Math.round(given * 3_600_000))));
    }

    /** How many trials there are to be, if that was given. */
    public OptionalLong trials() {
        return trials == null ? OptionalLong.empty() : OptionalLong.of(trials);
    }

    /**
     * The guesses that were given, to be tried first.
     *
     * @throws UsageException when they are not of the space
     */
    public List<Parameters> enqueued(Space of) {
        return UsageException.check(
                () -> enqueue.stream().map(text -> SettingsText.pairs(of, text)).toList());
    }

    /**
     * Checks that no option says otherwise than the sweep that is gone on with.
     *
     * @throws UsageException when one does; it has both
     */
    public void agreeWith(SweepSpec frozen) {
        if (space != null) {
            String name = space;
            agree("--space", frozen.space(), UsageException.check(() -> space(name)));
        }
        agree("--sampler", frozen.sampler(), sampler);
        agree("--seed", frozen.seed(), seed);
        wanted.given(frozen.command() != null).ifPresent(goals -> agree("--metric", told(frozen.goals()), told(goals)));
        if (inOrder && frozen.inOrder() == 0) {
            agree("--in-order", "as they end", "in order");
        }
        backend.command().ifPresent(line -> agree("--command", String.valueOf(frozen.command()), line));
        agree("--pruner", frozen.pruner(), pruner.equals("none") ? null : pruner);
        if (warmStart != null) {
            throw new UsageException("--warm-start must be given when a sweep begins, but came with --resume; begin"
                    + " another sweep with it");
        }
    }

    private static String told(List<Goal> goals) {
        return goals.stream()
                .map(goal -> goal.direction().name().toLowerCase(Locale.ROOT) + " " + goal.metric())
                .collect(Collectors.joining(", "));
    }

    private static void agree(String option, Object before, @Nullable Object now) {
        if (now != null && !now.equals(before)) {
            throw new UsageException("a sweep must keep its " + option.substring(2) + " when it is resumed: it was "
                    + before + ", but now is " + now + "; leave out " + option + " to go on, or begin another sweep");
        }
    }

    private static Space space(String name) {
        Path file = Path.of(name);
        return Files.exists(file) || name.contains(".") || name.contains("/") ? Space.read(file) : Space.preset(name);
    }
}
