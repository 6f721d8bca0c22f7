package dev.moviola.cli;

import dev.moviola.campaign.SweepSpec;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options that say what a sweep is to optimise, each in its direction, to be used as a picocli mixin. */
public final class GoalOptions {
    // One list, so that the order between the options is kept: the first goal is the one that "best" speaks of.
    private final List<Wish> wishes = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            parameterConsumer = Taking.class,
            description = "What is optimised; may be given several times. Default: overall, or value with a program.")
    private List<Wish> metrics = wishes;

    @Option(
            names = "--minimize",
            paramLabel = "NAME",
            arity = "0..1",
            parameterConsumer = Taking.class,
            description =
                    "Less is better, of this metric or, without a name, of each --metric; may be given several times."
                            + " Default: as the metric says, and with a program.")
    private List<Wish> minimized = wishes;

    @Option(
            names = "--maximize",
            paramLabel = "NAME",
            arity = "0..1",
            parameterConsumer = Taking.class,
            description = "More is better, likewise.")
    private List<Wish> maximized = wishes;

    /**
     * One option as it was given.
     *
     * @param metric its name, null when none was given
     * @param direction which values are better, null when that was not said
     */
    private record Wish(@Nullable String metric, @Nullable Direction direction) {}

    /**
     * What is to be optimised.
     *
     * @param program whether a program gives the values
     * @throws UsageException when the options contradict each other
     */
    List<Goal> goals(boolean program) {
        return given(program).orElseGet(() -> List.of(goal(program ? "value" : "overall", null, program)));
    }

    /** As {@link #goals}, but empty when no option was given. */
    Optional<List<Goal>> given(boolean program) {
        if (wishes.isEmpty()) {
            return Optional.empty();
        }
        Direction all = null;
        Map<String, @Nullable Direction> named = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            String metric = wish.metric();
            Direction direction = wish.direction();
            if (metric == null) {
                refuse(all, direction, "there must be --minimize or --maximize, but there were both");
                all = direction;
            } else {
                Direction before = named.get(metric);
                refuse(
                        before,
                        direction,
                        metric + " must be minimized or maximized, but --minimize " + metric + " and --maximize "
                                + metric + " were given");
                named.put(metric, direction == null ? before : direction);
            }
        }
        if (all != null && named.values().stream().anyMatch(direction -> direction != null)) {
            throw new UsageException("--minimize and --maximize must name their metric each or stand alone, but --"
                    + all.name().toLowerCase(Locale.ROOT) + " stood without a name and another with one");
        }
        if (named.isEmpty()) {
            named.put(program ? "value" : "overall", null);
        }
        List<Goal> goals = new ArrayList<>();
        for (Map.Entry<String, @Nullable Direction> goal : named.entrySet()) {
            goals.add(goal(goal.getKey(), goal.getValue() == null ? all : goal.getValue(), program));
        }
        return Optional.of(goals);
    }

    private static Goal goal(String metric, @Nullable Direction direction, boolean program) {
        if (!program) {
            // Refuses what no score has.
            Direction natural = SweepSpec.direction(metric);
            return new Goal(metric, direction == null ? natural : direction);
        }
        return new Goal(metric, direction == null ? Direction.MINIMIZE : direction);
    }

    private static void refuse(@Nullable Direction before, @Nullable Direction now, String why) {
        if (before != null && now != null && before != now) {
            throw new UsageException(why);
        }
    }

    /** Takes a name if one follows. */
    static final class Taking implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> left, ArgSpec option, CommandSpec command) {
            String name = ((OptionSpec) option).longestName();
            boolean named = !left.isEmpty() && !left.peek().startsWith("-");
            if (!named && name.equals("--metric")) {
                throw new picocli.CommandLine.ParameterException(
                        command.commandLine(), "--metric must have a name, as in --metric melt, but had none");
            }
            String metric = named ? left.pop() : null;
            List<Wish> wishes = option.getValue();
            wishes.add(new Wish(
                    metric,
                    name.equals("--metric")
                            ? null
                            : name.equals("--minimize") ? Direction.MINIMIZE : Direction.MAXIMIZE));
        }
    }
}
