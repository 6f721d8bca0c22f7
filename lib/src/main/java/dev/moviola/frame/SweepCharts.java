package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.frame.internal.AxisScale;
import dev.moviola.frame.internal.AxisScale.Tick;
import dev.moviola.frame.internal.ChartStyle;
import dev.moviola.frame.internal.ColourRamp;
import dev.moviola.frame.internal.Landscape;
import dev.moviola.frame.internal.ParallelAxes;
import dev.moviola.frame.internal.Ranking;
import dev.moviola.frame.internal.ScaledChart;
import dev.moviola.frame.internal.SweepAxis;
import dev.moviola.frame.internal.ValueAxis;
import dev.moviola.sweep.Direction;
import dev.moviola.sweep.Goal;
import dev.moviola.sweep.Importance;
import dev.moviola.sweep.Study;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Charts of a study: how far it has come, which parameters matter, and where the good values lie. In a notebook they
 * show themselves; {@link ChartImage} makes pictures of them.
 *
 * <pre>{@code
 * SweepCharts.of(study).slice()
 * }</pre>
 *
 * <p>Trials that failed, or were pruned before they reported anything, stand in rows of their own beyond the bad end of
 * the values. A chart of nothing says so in its title. Immutable.
 */
public final class SweepCharts {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int PANEL_WIDTH = 340;
    private static final int PANEL_HEIGHT = 260;
    private static final int ROW_HEIGHT = 26;
    private static final int MOST_PANELS = 24;
    private static final int MOST_BARS = 30;
    private static final int MOST_AXES = 14;
    private static final int SHADES = 6;
    private static final int MOST_DOTS = 2_000;

    private final StudySnapshot study;
    private final ChartTheme theme;
    private final int goal;
    // By goal, once it is asked for, and shared by charts of the same study.
    private final Map<Integer, Map<String, Double>> importance;

    private SweepCharts(StudySnapshot study, ChartTheme theme, int goal, Map<Integer, Map<String, Double>> importance) {
        this.study = study;
        this.theme = theme;
        this.goal = goal;
        this.importance = importance;
    }

    /** Charts of a study as it stands now, of its first goal, on light paper. */
    public static SweepCharts of(Study study) {
        return of(study.snapshot());
    }

    /** Charts of a study as it stood, of its first goal, on light paper. */
    public static SweepCharts of(StudySnapshot study) {
        return new SweepCharts(study, ChartTheme.LIGHT, 0, new ConcurrentHashMap<>());
    }

    /** The same charts in other colours. */
    public SweepCharts theme(ChartTheme other) {
        return new SweepCharts(study, other, goal, importance);
    }

    /**
     * The same charts of another goal.
     *
     * @throws MoviolaException when the study has no goal on {@code metric}
     */
    public SweepCharts goal(String metric) {
        return new SweepCharts(study, theme, indexOf(metric), importance);
    }

    /** The value of every trial, and the best so far. */
    public XYChart history() {
        ValueAxis values = ValueAxis.of(study, goal);
        List<TrialRecord> trials = study.trials();
        double last =
                trials.isEmpty() ? 1 : Math.max(1, trials.get(trials.size() - 1).number());
        AxisScale numbers = AxisScale.counting(0, last);
        String title = best().map(best -> "Best of " + plural(study.complete().size(), "trial") + ": "
                        + AxisScale.text(best.values().get(goal)) + " at trial " + best.number())
                .orElse("Best so far: no trial has a value yet");
        ScaledChart chart = new ScaledChart(WIDTH, HEIGHT, title, "trial", values.title(), theme)
                .range(-0.02, 1.02, values.low(), values.high())
                .xTicks(numbers.ticks(10))
                .yTicks(values.ticks(8))
                .withLegend();
        List<double[]> steps = new ArrayList<>();
        List<double[]> complete = drawn(study.complete()).stream()
                .map(trial -> new double[] {numbers.at(trial.number()), values.at(trial)})
                .toList();
        double best = Double.NaN;
        for (TrialRecord trial : trials) {
            double x = numbers.at(trial.number());
            if (trial.state() == TrialState.COMPLETE) {
                double y = values.at(trial);
                if (Double.isNaN(best) || values.goodness(y) > values.goodness(best)) {
                    if (!Double.isNaN(best)) {
                        steps.add(new double[] {x, best});
                    }
                    best = y;
                    steps.add(new double[] {x, best});
                }
            }
        }
        if (!Double.isNaN(best)) {
            steps.add(new double[] {1, best});
        }
        chart.getStyler().setMarkerSize(complete.size() > 200 ? 5 : 7);
        chart.marks(trial(), complete, SeriesMarkers.CIRCLE, ColourRamp.sheer(theme.second(), 0.75));
        without(chart, trial -> numbers.at(trial.number()), values);
        chart.line("best so far", steps, theme.accent(), 2.2f);
        return chart;
    }

    /** The share of each parameter in what matters, by {@link Importance}; of several goals for each. */
    public XYChart importance() {
        List<Map<String, Double>> shares = new ArrayList<>();
        for (int i = 0; i < study.goals().size(); i++) {
            shares.add(shares(i));
        }
        Map<String, Double> first = shares.get(goal);
        List<String> names = first.keySet().stream().limit(MOST_BARS).toList();
        boolean nothing = first.values().stream().allMatch(share -> share == 0);
        String title = first.isEmpty()
                ? "Importance: it takes 8 trials with a value, and there are "
                        + study.complete().size()
                : nothing
                        ? "Importance: no parameter explains the values"
                        : "Which parameters matter"
                                + (names.size() < first.size() ? ", the first " + names.size() : "");
        double most = shares.stream()
                .flatMap(each -> each.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double end = Math.max(0.1, most);
        AxisScale scale = AxisScale.linear(0, end);
        boolean several = shares.size() > 1;
        int rows = Math.max(1, names.size());
        ScaledChart chart = new ScaledChart(
                        WIDTH,
                        (several ? 140 : 110) + ROW_HEIGHT * (rows + 1),
                        title,
                        "share of what the parameters explain, in %",
                        "",
                        theme)
                .range(0, 1.12, 0.2, rows + 0.8)
                .xTicks(scale.ticks(6).stream()
                        .map(tick -> new Tick(tick.at(), AxisScale.text(100 * scale.numberAt(tick.at()))))
                        .toList());
        List<Tick> labels = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            labels.add(new Tick(
                    rows - row, ChartStyle.fit(names.get(row), chart.getStyler().getAxisTickLabelsFont(), 260)));
        }
        chart.yTicks(labels).withoutGrid();
        float thick = several ? 18f / shares.size() : 14;
        for (int g = 0; g < shares.size(); g++) {
            Color colour = several ? ChartTheme.lines()[g % ChartTheme.lines().length] : theme.accent();
            for (int row = 0; row < names.size(); row++) {
                double share = shares.get(g).getOrDefault(names.get(row), 0.0);
                double y = rows - row + (shares.size() / 2.0 - g - 0.5) * (thick + 1) / ROW_HEIGHT;
                chart.line(
                        study.goals().get(g).metric(),
                        List.of(new double[] {0, y}, new double[] {scale.at(share), y}),
                        colour,
                        thick);
                if (!several) {
                    String percent = String.format(Locale.ROOT, "%.0f %%", 100 * share);
                    chart.over((graphics, place) -> {
                        graphics.setColor(theme.ink());
                        graphics.drawString(percent, (float) place.x(scale.at(share)) + 6, (float) place.y(y) + 4);
                    });
                }
            }
        }
        return several ? chart.withLegend() : chart;
    }

    /** A panel for each parameter: its value and what the trial reached. Later trials are darker. */
    public ChartSheet slice() {
        ValueAxis values = ValueAxis.of(study, goal);
        List<SweepAxis> axes = Ranking.axes(study.space(), shares(goal), MOST_PANELS);
        int columns = axes.size() % 3 == 0 || axes.size() > 4 ? 3 : Math.max(1, Math.min(2, axes.size()));
        List<XYChart> panels = new ArrayList<>();
        for (SweepAxis axis : axes) {
            panels.add(panel(axis, values, panels.size() % columns == 0));
        }
        int all = SweepAxis.of(study.space()).size();
        String title = study.complete().isEmpty()
                ? "Parameters and " + metric() + ": no trial has a value yet"
                : "Parameters and " + metric()
                        + (axes.size() < all ? ", the " + axes.size() + " of " + all + " that matter most" : "");
        return new ChartSheet(title, panels, columns, theme);
    }

    private XYChart panel(SweepAxis axis, ValueAxis values, boolean named) {
        boolean log = axis.scale().log();
        ScaledChart chart = new ScaledChart(
                        PANEL_WIDTH, PANEL_HEIGHT, "", named(axis), named ? values.name() : "", theme)
                .range(-0.04, 1.04, values.low(), values.high())
                .xTicks(axis.scale().ticks(log ? 4 : 5))
                .yTicks(values.ticks(5));
        List<TrialRecord> complete = drawn(study.complete()).stream()
                .filter(trial -> !Double.isNaN(place(axis, trial)))
                .toList();
        chart.getStyler().setMarkerSize(complete.size() > 200 ? 4 : complete.size() > 60 ? 5 : 7);
        int shades = Math.max(1, Math.min(SHADES, complete.size()));
        for (int shade = 0; shade < shades; shade++) {
            int from = complete.size() * shade / shades;
            int to = complete.size() * (shade + 1) / shades;
            chart.marks(
                    "trials " + (shade + 1),
                    complete.subList(from, to).stream()
                            .map(trial -> new double[] {place(axis, trial), values.at(trial)})
                            .toList(),
                    SeriesMarkers.CIRCLE,
                    ColourRamp.of(0.25 + 0.55 * (shade + 1) / shades, theme));
        }
        without(chart, trial -> place(axis, trial), values);
        best().filter(trial -> !Double.isNaN(place(axis, trial)))
                .ifPresent(trial -> ring(chart, place(axis, trial), values.at(trial)));
        return chart;
    }

    /** How good settings are over the two parameters that matter most. */
    public XYChart contour() {
        List<SweepAxis> axes = Ranking.two(study.space(), shares(goal));
        if (axes.size() < 2) {
            return new ScaledChart(
                    WIDTH, HEIGHT, "Contour: it takes two parameters, and there are " + axes.size(), "", "", theme);
        }
        return contour(axes.get(0), axes.get(1));
    }

    /**
     * How good settings are over two parameters, whatever the others are: smoothed over the trials, which are the dots.
     * It fades where there are none.
     *
     * @throws MoviolaException when the space has no such parameter; weights of a simplex are named {@code control.edge}
     */
    public XYChart contour(String x, String y) {
        return contour(axis(x), axis(y));
    }

    private XYChart contour(SweepAxis x, SweepAxis y) {
        ValueAxis values = ValueAxis.of(study, goal);
        List<double[]> points = new ArrayList<>();
        for (TrialRecord trial : study.complete()) {
            double[] point = {x.at(trial.settings()), y.at(trial.settings()), values.goodness(trial)};
            if (!Double.isNaN(point[0]) && !Double.isNaN(point[1])) {
                points.add(point);
            }
        }
        String title = points.isEmpty()
                ? "Contour: no trial has a value for " + x.name() + " and " + y.name()
                : values.name() + " over " + x.name() + " and " + y.name();
        ScaledChart chart = new ScaledChart(WIDTH, 470, title, named(x), named(y), theme)
                .range(-0.02, 1.02, -0.03, 1.03)
                .xTicks(x.scale().ticks(8))
                .yTicks(y.scale().ticks(8))
                .withoutGrid();
        chart.getStyler().setMarkerSize(points.size() > 200 ? 4 : 6);
        if (!points.isEmpty()) {
            chart.behind(new Landscape(x.scale(), y.scale(), points, theme));
            chart.over((graphics, place) -> ParallelAxes.key(graphics, WIDTH - 14, 458, values, theme));
        }
        List<double[]> dots = drawn(study.complete()).stream()
                .map(trial -> new double[] {place(x, trial), place(y, trial)})
                .filter(SweepCharts::isPlace)
                .toList();
        chart.marks(trial(), dots, SeriesMarkers.CIRCLE, theme.ink());
        // With a rim, as the ground is as dark as the ink in places.
        chart.over((graphics, place) -> dots.forEach(dot -> dot(graphics, place.x(dot[0]), place.y(dot[1]))));
        chart.marks(
                "failed",
                withState(TrialState.FAILED)
                        .map(trial -> new double[] {place(x, trial), place(y, trial)})
                        .filter(SweepCharts::isPlace)
                        .toList(),
                SeriesMarkers.CROSS,
                theme.second());
        chart.marks(
                "pruned",
                withState(TrialState.PRUNED)
                        .map(trial -> new double[] {place(x, trial), place(y, trial)})
                        .filter(SweepCharts::isPlace)
                        .toList(),
                SeriesMarkers.TRIANGLE_DOWN,
                theme.second());
        best().filter(trial -> isPlace(new double[] {place(x, trial), place(y, trial)}))
                .ifPresent(trial -> ring(chart, place(x, trial), place(y, trial)));
        return chart.withLegend();
    }

    /** A line for each trial through its settings to what it reached, the best on top. */
    public XYChart parallel() {
        return ParallelAxes.chart(study, mostImportantInOrder(), ValueAxis.of(study, goal), metric(), theme);
    }

    /** The compromises between the first two goals. */
    public XYChart front() {
        List<Goal> goals = study.goals();
        if (goals.size() < 2) {
            return new ScaledChart(
                    WIDTH, HEIGHT, "Compromises: it takes two goals, and there is one, " + metric(), "", "", theme);
        }
        return front(goals.get(0).metric(), goals.get(1).metric());
    }

    /**
     * The compromises between two goals: the trials of which no other is better in one without being worse in another
     * goal of the study, joined where they are that among these two alone.
     *
     * @throws MoviolaException when the study has no such goals
     */
    public XYChart front(String x, String y) {
        ValueAxis across = ValueAxis.of(study, indexOf(x));
        ValueAxis up = ValueAxis.of(study, indexOf(y));
        List<TrialRecord> front = study.front();
        String title = front.isEmpty()
                ? "Compromises: no trial has values yet"
                : "Compromises between " + x + " and " + y + ": " + front.size() + " of "
                        + plural(study.complete().size(), "trial");
        ScaledChart chart = new ScaledChart(WIDTH, HEIGHT, title, across.title(), up.title(), theme)
                .range(across.low(), across.high(), up.low(), up.high())
                .xTicks(across.ticks(8))
                .yTicks(up.ticks(7))
                .withLegend();
        chart.getStyler().setMarkerSize(study.complete().size() > 200 ? 5 : 7);
        Set<Long> onFront = front.stream().map(TrialRecord::number).collect(Collectors.toSet());
        List<double[]> others = drawn(study.complete()).stream()
                .filter(trial -> !onFront.contains(trial.number()))
                .map(trial -> new double[] {across.at(trial), up.at(trial)})
                .toList();
        List<double[]> best = front.stream()
                .map(trial -> new double[] {across.at(trial), up.at(trial)})
                .sorted(Comparator.comparingDouble((double[] point) -> -across.goodness(point[0])))
                .toList();
        List<double[]> steps = new ArrayList<>();
        for (double[] point : best) {
            double[] last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (last == null || up.goodness(point[1]) > up.goodness(last[1])) {
                if (last != null) {
                    steps.add(new double[] {point[0], last[1]});
                }
                steps.add(point);
            }
        }
        chart.marks(trial(), others, SeriesMarkers.CIRCLE, ColourRamp.sheer(theme.soft(), 0.55));
        chart.line("best compromises", steps, theme.accent(), 1.6f);
        chart.marks("on the front", best, SeriesMarkers.CIRCLE, theme.accent());
        List<double[]> failed = withState(TrialState.FAILED)
                .map(trial -> new double[] {across.at(trial), up.at(trial)})
                .limit(1)
                .toList();
        chart.marks("failed", failed, SeriesMarkers.CROSS, theme.second());
        return chart;
    }

    private void without(ScaledChart chart, java.util.function.ToDoubleFunction<TrialRecord> across, ValueAxis values) {
        for (TrialState state : List.of(TrialState.PRUNED, TrialState.FAILED)) {
            chart.marks(
                    state.name().toLowerCase(Locale.ROOT),
                    drawn(withState(state).toList()).stream()
                            .map(trial -> new double[] {across.applyAsDouble(trial), values.at(trial)})
                            .filter(point -> !Double.isNaN(point[0]) && !Double.isNaN(point[1]))
                            .toList(),
                    state == TrialState.FAILED ? SeriesMarkers.CROSS : SeriesMarkers.TRIANGLE_DOWN,
                    theme.soft());
        }
    }

    private void ring(ScaledChart chart, double x, double y) {
        chart.over((graphics, place) -> {
            graphics.setStroke(new java.awt.BasicStroke(2));
            graphics.setColor(theme.paper());
            graphics.draw(new java.awt.geom.Ellipse2D.Double(place.x(x) - 8, place.y(y) - 8, 16, 16));
            graphics.setColor(theme.ink());
            graphics.draw(new java.awt.geom.Ellipse2D.Double(place.x(x) - 6.5, place.y(y) - 6.5, 13, 13));
        });
    }

    private void dot(java.awt.Graphics2D graphics, double x, double y) {
        graphics.setColor(theme.paper());
        graphics.fill(new java.awt.geom.Ellipse2D.Double(x - 4, y - 4, 8, 8));
        graphics.setColor(theme.ink());
        graphics.fill(new java.awt.geom.Ellipse2D.Double(x - 2.6, y - 2.6, 5.2, 5.2));
    }

    // Trials of one choice stand beside each other instead of on each other.
    private static double place(SweepAxis axis, TrialRecord trial) {
        double at = axis.at(trial.settings());
        if (axis.scale().ordered()) {
            return at;
        }
        double spread = trial.number() * 0.618034 % 1 - 0.5;
        return at + spread * 0.5 / axis.scale().choices().size();
    }

    // So many that more would only be a field of ink, and the picture large.
    private static List<TrialRecord> drawn(List<TrialRecord> trials) {
        if (trials.size() <= MOST_DOTS) {
            return trials;
        }
        List<TrialRecord> some = new ArrayList<>();
        for (int i = 0; i < MOST_DOTS; i++) {
            some.add(trials.get((int) ((long) i * trials.size() / MOST_DOTS)));
        }
        return some;
    }

    private String trial() {
        int all = study.complete().size();
        return all <= MOST_DOTS ? "trial" : String.format(Locale.ENGLISH, "trial (%,d of %,d)", MOST_DOTS, all);
    }

    private static boolean isPlace(double[] point) {
        return !Double.isNaN(point[0]) && !Double.isNaN(point[1]);
    }

    private Map<String, Double> shares(int of) {
        return importance.computeIfAbsent(of, any -> Importance.of(study.space(), study.trials(), of));
    }

    private Stream<TrialRecord> withState(TrialState state) {
        return study.trials().stream().filter(trial -> trial.state() == state);
    }

    private java.util.Optional<TrialRecord> best() {
        Direction direction = study.goals().get(goal).direction();
        return study.complete().stream()
                .min(Comparator.comparingDouble(
                        trial -> direction.loss(trial.values().get(goal))));
    }

    private List<SweepAxis> mostImportantInOrder() {
        List<String> chosen = Ranking.axes(study.space(), shares(goal), MOST_AXES).stream()
                .map(SweepAxis::name)
                .toList();
        return SweepAxis.of(study.space()).stream()
                .filter(axis -> chosen.contains(axis.name()))
                .toList();
    }

    private SweepAxis axis(String name) {
        List<SweepAxis> axes = SweepAxis.of(study.space());
        return axes.stream()
                .filter(axis -> axis.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("a chart must be of parameters of the study, but " + name
                        + " is none; there are "
                        + axes.stream().map(SweepAxis::name).toList()));
    }

    private int indexOf(String metric) {
        List<String> metrics = study.goals().stream().map(Goal::metric).toList();
        if (!metrics.contains(metric)) {
            throw new MoviolaException(
                    "a chart must be of a goal of the study, but " + metric + " is none; there are " + metrics);
        }
        return metrics.indexOf(metric);
    }

    private String metric() {
        return study.goals().get(goal).metric();
    }

    private static String named(SweepAxis axis) {
        return axis.name() + (axis.scale().log() ? " (log scale)" : "");
    }

    private static String plural(int count, String word) {
        return String.format(Locale.ENGLISH, "%,d %s", count, word) + (count == 1 ? "" : "s");
    }
}
