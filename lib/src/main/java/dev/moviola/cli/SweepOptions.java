package dev.moviola.cli;

import dev.moviola.campaign.BackendSpec;
import dev.moviola.campaign.Limits;
import dev.moviola.campaign.SettingsText;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.command.CommandValue;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
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
            description = "How many trials there are to be; may be given anew on --resume. Default: 40.")
    private @Nullable Long trials;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sampler. Default: 0.")
    private @Nullable Long seed;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What is optimised; may be given several times. Default: overall, or value with a program.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--minimize", description = "Less is better. Default: as the metric says, and with a program.")
    private boolean minimize;

    @Option(names = "--maximize", description = "More is better.")
    private boolean maximize;

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
            description = "Begin no clip that would make the sweep cost more.")
    private @Nullable Double dollars;

    @Option(names = "--title", paramLabel = "TEXT", description = "Names the run. Default: sweep and the metric.")
    private @Nullable String title;

    @Mixin
    private final BackendOptions backend = new BackendOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    /**
     * What the sweep is to do.
     *
     * @throws UsageException when the options make no sense
     */
    public SweepSpec spec() {
        return UsageException.check(this::make);
    }

    private SweepSpec make() {
        if (minimize && maximize) {
            throw new UsageException("there must be --minimize or --maximize, but there were both");
        }
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
        Space wanted = space(space == null ? "rehearsal" : space);
        List<Goal> goals = goals(program != null);
        Limits frozen = limits.limits();
        if (dollars != null) {
            if (!(dollars >= 0)) {
                throw new UsageException("--budget-dollars must be 0 or more, but was " + dollars);
            }
            frozen = new Limits(
                    frozen.inFlight(),
                    frozen.submitsPerSecond(),
                    frozen.jitterFrom(),
                    frozen.jitterTo(),
                    Money.dollars(dollars),
                    frozen.deadline());
        }
        return new SweepSpec(
                title == null ? "sweep " + goals.get(0).metric() : title,
                wanted,
                sampler == null ? "auto" : sampler,
                seed == null ? 0 : seed,
                goals,
                trials == null ? DEFAULT_TRIALS : trials,
                prompt,
                maker,
                program,
                tries,
                frozen,
                warmStart == null ? List.of() : SettingsText.known(wanted, goals, warmStart),
                enqueue.stream().map(text -> SettingsText.pairs(wanted, text)).toList(),
                pruner);
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
        List<String> before = frozen.goals().stream().map(Goal::metric).toList();
        agree("--metric", before, metrics.isEmpty() ? null : metrics);
        if (minimize || maximize) {
            Direction now = minimize ? Direction.MINIMIZE : Direction.MAXIMIZE;
            frozen.goals().forEach(goal -> agree("--" + now.name().toLowerCase(Locale.ROOT), goal.direction(), now));
        }
        backend.command().ifPresent(line -> agree("--command", String.valueOf(frozen.command()), line));
        agree("--pruner", frozen.pruner(), pruner.equals("none") ? null : pruner);
        if (warmStart != null) {
            throw new UsageException("--warm-start must be given when a sweep begins, but came with --resume; begin"
                    + " another sweep with it");
        }
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

    private List<Goal> goals(boolean program) {
        List<Goal> goals = new ArrayList<>();
        for (String metric : metrics.isEmpty() ? List.of(program ? "value" : "overall") : metrics) {
            Direction direction = minimize || (program && !maximize)
                    ? Direction.MINIMIZE
                    : maximize ? Direction.MAXIMIZE : SweepSpec.direction(metric);
            goals.add(new Goal(metric, direction));
        }
        return goals;
    }
}
