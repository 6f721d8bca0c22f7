package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.frame.internal.Slots;
import dev.moviola.frame.internal.SweepAxis;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import dev.moviola.sweep.TrialTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.selection.Selection;
import tech.tablesaw.sorting.Sort;

/** The trials of a study as Tablesaw tables: one by one, by the value of a parameter, by time. */
public final class TrialTable {
    private static final int MOST_VALUES = 10;
    private static final int RANGES = 6;

    private TrialTable() {}

    /** The names under which the parameters of a study are drawn and tabled: of a simplex one for each weight. */
    public static List<String> parameters(StudySnapshot study) {
        return SweepAxis.of(study.space()).stream().map(SweepAxis::name).toList();
    }

    /** One row for each trial of a study as it stands now. */
    public static Table of(Study study) {
        return of(study.snapshot());
    }

    /**
     * One row for each trial: number, state, a column for each parameter (for each weight of a simplex, named {@code
     * control.edge}) and each goal, seconds, attempts, and why there is no value. What does not apply is missing.
     */
    public static Table of(StudySnapshot study) {
        List<TrialRecord> trials = study.trials();
        Table table = Table.create("trials");
        LongColumn numbers = LongColumn.create("trial");
        StringColumn states = StringColumn.create("state");
        trials.forEach(trial -> {
            numbers.append(trial.number());
            states.append(trial.state().name().toLowerCase(Locale.ROOT));
        });
        table.addColumns(numbers, states);
        for (SweepAxis axis : SweepAxis.of(study.space())) {
            table.addColumns(column(unused(table, axis.name()), trials, trial -> axis.value(trial.settings())));
        }
        for (int i = 0; i < study.goals().size(); i++) {
            int goal = i;
            table.addColumns(
                    numbers(unused(table, study.goals().get(i).metric()), trials, trial -> value(trial, goal)));
        }
        table.addColumns(numbers(unused(table, "seconds"), trials, trial -> {
            TrialTime time = study.times().get(trial.number());
            return time == null
                    ? null
                    : time.took().map(took -> took.toMillis() / 1e3).orElse(null);
        }));
        IntColumn attempts = IntColumn.create(unused(table, "attempts"));
        StringColumn failures = StringColumn.create(unused(table, "failure"));
        for (TrialRecord trial : trials) {
            TrialTime time = study.times().get(trial.number());
            if (time == null) {
                attempts.appendMissing();
            } else {
                attempts.append(time.attempts());
            }
            String failure = trial.failure();
            failures.append(failure == null ? "" : failure);
        }
        return table.addColumns(attempts, failures);
    }

    /**
     * The rows of {@link #of(Study)} that have a value, the best first by the first goal; of equal ones the earlier first.
     */
    public static Table ranked(Study study) {
        StudySnapshot snapshot = study.snapshot();
        int[] rows = IntStream.range(0, snapshot.trials().size())
                .filter(i -> snapshot.trials().get(i).state() == TrialState.COMPLETE)
                .toArray();
        Table table = of(snapshot).where(Selection.with(rows));
        String value = table.columnNames().get(2 + parameters(snapshot).size());
        boolean lessIsBetter = snapshot.goals().get(0).direction() == Direction.MINIMIZE;
        return table.sortOn(Sort.on(value, lessIsBetter ? Sort.Order.ASCEND : Sort.Order.DESCEND)
                .next("trial", Sort.Order.ASCEND));
    }

    /**
     * What each value of a parameter gave, for the first goal: trials, those of them without a value, and the best, the
     * median and the worst value. Of many values, ranges of equal width on the scale of the parameter; those without a
     * trial are there too.
     *
     * @throws MoviolaException when the space has no such parameter
     */
    public static Table by(StudySnapshot study, String parameter) {
        List<SweepAxis> axes = SweepAxis.of(study.space());
        SweepAxis axis = axes.stream()
                .filter(each -> each.name().equals(parameter))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("a table must be by a parameter of the study, but " + parameter
                        + " is none; there are "
                        + axes.stream().map(SweepAxis::name).toList()));
        Slots slots = Slots.of(axis, study, MOST_VALUES, RANGES);
        List<List<TrialRecord>> groups = new ArrayList<>();
        slots.labels().forEach(label -> groups.add(new ArrayList<>()));
        for (TrialRecord trial : study.trials()) {
            int slot = slots.of(trial.settings());
            if (slot >= 0 && trial.state() != TrialState.RUNNING) {
                groups.get(slot).add(trial);
            }
        }
        StringColumn values = StringColumn.create(parameter, slots.labels());
        return summary(study, Table.create("by " + parameter, values), groups);
    }

    /**
     * How the study went on: its time in {@code periods} equal parts, with what ended in each of them as in {@link #by},
     * and the best value by its end. Empty where no times are known.
     *
     * @param periods in 1..1000
     */
    public static Table byTime(StudySnapshot study, int periods) {
        if (periods < 1 || periods > 1_000) {
            throw new MoviolaException("there must be 1..1000 periods, but were " + periods);
        }
        StringColumn names = StringColumn.create("ended after");
        DoubleColumn sofar = DoubleColumn.create("best so far");
        List<List<TrialRecord>> groups = new ArrayList<>();
        Instant start = study.times().values().stream()
                .map(TrialTime::began)
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant end = study.times().values().stream()
                .map(time -> time.ended())
                .filter(java.util.Objects::nonNull)
                .map(ended -> (Instant) ended)
                .max(Comparator.naturalOrder())
                .orElse(null);
        if (start != null && end != null) {
            double length = Math.max(1e-3, seconds(start, end)) / periods;
            for (int i = 0; i < periods; i++) {
                names.append(length(i * length) + "–" + length((i + 1) * length));
                groups.add(new ArrayList<>());
            }
            for (TrialRecord trial : study.trials()) {
                TrialTime time = study.times().get(trial.number());
                Instant ended = time == null ? null : time.ended();
                if (ended != null && trial.state() != TrialState.RUNNING) {
                    groups.get((int) Math.max(0, Math.min(periods - 1, seconds(start, ended) / length)))
                            .add(trial);
                }
            }
            Direction direction = study.goals().get(0).direction();
            double best = Double.POSITIVE_INFINITY;
            for (List<TrialRecord> group : groups) {
                for (TrialRecord trial : group) {
                    Double value = trial.value();
                    best = value == null ? best : Math.min(best, direction.loss(value));
                }
                if (Double.isInfinite(best)) {
                    sofar.appendMissing();
                } else {
                    sofar.append(direction.loss(best));
                }
            }
        }
        return summary(study, Table.create("by time", names), groups).addColumns(sofar);
    }

    private static Table summary(StudySnapshot study, Table table, List<List<TrialRecord>> groups) {
        Goal goal = study.goals().get(0);
        IntColumn trials = IntColumn.create("trials");
        IntColumn without = IntColumn.create("without a value");
        DoubleColumn best = DoubleColumn.create("best " + goal.metric());
        DoubleColumn median = DoubleColumn.create("median " + goal.metric());
        DoubleColumn worst = DoubleColumn.create("worst " + goal.metric());
        for (List<TrialRecord> group : groups) {
            double[] losses = group.stream()
                    .filter(trial -> trial.state() == TrialState.COMPLETE)
                    .mapToDouble(trial -> goal.direction().loss(trial.values().get(0)))
                    .sorted()
                    .toArray();
            trials.append(group.size());
            without.append(group.size() - losses.length);
            if (losses.length == 0) {
                best.appendMissing();
                median.appendMissing();
                worst.appendMissing();
            } else {
                int half = losses.length / 2;
                double middle = losses.length % 2 == 1 ? losses[half] : (losses[half - 1] + losses[half]) / 2;
                best.append(goal.direction().loss(losses[0]));
                median.append(goal.direction().loss(middle));
                worst.append(goal.direction().loss(losses[losses.length - 1]));
            }
        }
        return table.addColumns(trials, without, best, median, worst);
    }

    // A column of numbers where all values are numbers, else of text.
    private static tech.tablesaw.columns.Column<?> column(
            String name, List<TrialRecord> trials, Function<TrialRecord, @Nullable Object> value) {
        List<@Nullable Object> values = new ArrayList<>();
        trials.forEach(trial -> values.add(value.apply(trial)));
        if (values.stream().allMatch(each -> each == null || each instanceof Long)) {
            LongColumn column = LongColumn.create(name);
            for (Object each : values) {
                if (each instanceof Long number) {
                    column.append(number);
                } else {
                    column.appendMissing();
                }
            }
            return column;
        }
        if (values.stream().allMatch(each -> each == null || each instanceof Number)) {
            return numbers(
                    name, trials, trial -> value.apply(trial) instanceof Number number ? number.doubleValue() : null);
        }
        return StringColumn.create(
                name,
                values.stream()
                        .map(each -> each == null ? "" : String.valueOf(each))
                        .toList());
    }

    private static DoubleColumn numbers(
            String name, List<TrialRecord> trials, Function<TrialRecord, @Nullable Double> value) {
        DoubleColumn column = DoubleColumn.create(name);
        for (TrialRecord trial : trials) {
            Double number = value.apply(trial);
            if (number == null) {
                column.appendMissing();
            } else {
                column.append(number);
            }
        }
        return column;
    }

    private static @Nullable Double value(TrialRecord trial, int goal) {
        return trial.values().isEmpty() ? null : trial.values().get(goal);
    }

    // A parameter may be called like one of the other columns.
    private static String unused(Table table, String name) {
        String free = name;
        while (table.columnNames().stream().anyMatch(free::equalsIgnoreCase)) {
            free += "_";
        }
        return free;
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String length(double seconds) {
        return seconds < 180
                ? String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds)
                : seconds < 10_800
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
