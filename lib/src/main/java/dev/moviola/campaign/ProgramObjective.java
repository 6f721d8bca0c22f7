package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.command.CommandOptions;
import dev.moviola.command.CommandValue;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Goal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the program of a sweep says to the settings of a trial. Safe for use by several threads. */
final class ProgramObjective implements AutoCloseable {
    /** The name under which a command gets all settings of a trial as a JSON object, if no parameter is called so. */
    static final String SETTINGS = "settings";

    private final SweepSpec spec;
    private final CommandValue program;

    private ProgramObjective(SweepSpec spec, CommandValue program) {
        this.spec = spec;
        this.program = program;
    }

    /** The program of a sweep whose run lies in {@code folder}, up to {@code parallel} at a time. */
    static ProgramObjective of(SweepSpec spec, Path folder, int parallel) {
        String command = spec.command();
        if (command == null) {
            throw new IllegalArgumentException("a sweep of clips has no program");
        }
        CommandOptions options = CommandOptions.in(folder.resolve("scratch")).withAtOnce(parallel);
        Duration deadline = spec.limits().deadline();
        return new ProgramObjective(
                spec, CommandValue.of(command, deadline == null ? options : options.withDeadline(deadline)));
    }

    /** Takes what a trial has reached on its way. */
    interface Reports {
        /** Whether going on is not worth it. */
        boolean reported(long step, double value);
    }

    /**
     * Runs the program once, unless the trial's values are known beforehand.
     *
     * @return a value for each goal; empty when {@code reports} found that going on is not worth it
     * @throws MoviolaException when it does not give a finite number for each goal
     */
    Optional<double[]> values(long trial, Parameters settings, Reports reports) throws InterruptedException {
        if (trial < spec.known().size()) {
            return Optional.of(known(spec, trial));
        }
        Parameters values =
                Parameters.of("trial", trial, SETTINGS, settings.json()).with(Sweep.flat(settings));
        String metric = spec.goals().get(0).metric();
        return program.ask("trial-" + trial, values.asMap(), (step, numbers) -> {
                    Double reached = numbers.get(metric);
                    return reached == null || !reports.reported(step, reached);
                })
                .map(found -> numbers(spec.goals(), found));
    }

    /** The values of a trial that are known beforehand. */
    static double[] known(SweepSpec spec, long trial) {
        return spec.known().get((int) trial).values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /**
     * The number for each goal among those found; with one goal, a number without a name will do.
     *
     * @throws MoviolaException when one is missing or not finite
     */
    static double[] numbers(List<Goal> goals, Map<String, Double> found) {
        double[] numbers = new double[goals.size()];
        for (int i = 0; i < numbers.length; i++) {
            String metric = goals.get(i).metric();
            Double number = found.get(metric);
            if (number == null && numbers.length == 1) {
                number = found.get("");
            }
            if (number == null) {
                throw new MoviolaException("there must be a number " + metric + ", but "
                        + (found.containsKey("")
                                ? "there was only one without a name; print a JSON object with " + names(goals)
                                : "there were only " + new TreeSet<>(found.keySet())));
            }
            if (!Double.isFinite(number)) {
                throw new MoviolaException("the " + metric + " must be a finite number, but was " + number);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private static List<String> names(List<Goal> goals) {
        return goals.stream().map(Goal::metric).toList();
    }

    /** Ends the programs that still run. */
    @Override
    public void close() {
        program.close();
    }
}
