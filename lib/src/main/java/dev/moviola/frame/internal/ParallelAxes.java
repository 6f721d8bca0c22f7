package dev.moviola.frame.internal;

import dev.moviola.frame.ChartTheme;
import dev.moviola.sweep.StudySnapshot;
import dev.moviola.sweep.TrialRecord;
import dev.moviola.sweep.TrialState;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Parallel coordinates: an upright axis for each parameter and one for the value, a line for each trial. */
public final class ParallelAxes {
    private static final int MOST_LINES = 500;
    private static final int KEY_WIDTH = 110;

    private ParallelAxes() {}

    /** The chart of these parameters, in this order. */
    public static ScaledChart chart(
            StudySnapshot study, List<SweepAxis> axes, ValueAxis values, String metric, ChartTheme theme) {
        List<TrialRecord> drawn = drawn(study, values);
        int all = study.complete().size();
        String title = drawn.isEmpty()
                ? "Settings: no trial has a value yet"
                : "From settings to " + metric
                        + (drawn.size() < all
                                ? String.format(Locale.ENGLISH, ", %,d of %,d trials", drawn.size(), all)
                                : "");
        int last = axes.size();
        int width = Math.max(760, 120 * (last + 1));
        ScaledChart chart = new ScaledChart(width, 440, title, "", "", theme)
                .range(-0.45, last + 0.35, Math.min(-0.14, values.low() - 0.04), values.high())
                .withoutGrid();
        for (TrialRecord trial : lost(study)) {
            lines(chart, trial, axes, values, ColourRamp.sheer(theme.soft(), 0.3), 0.8f);
        }
        int count = drawn.size();
        for (int i = 0; i < count; i++) {
            double good = values.goodness(drawn.get(i));
            boolean best = i == count - 1;
            double opacity = best ? 1 : Math.max(0.25, Math.min(0.9, 40.0 / count + 0.6 * good));
            lines(
                    chart,
                    drawn.get(i),
                    axes,
                    values,
                    ColourRamp.sheer(ColourRamp.of(good, theme), opacity),
                    best ? 2.6f : count > 150 ? 1 : 1.4f);
        }
        chart.over((graphics, place) -> axes(graphics, place, axes, values, metric, theme));
        if (count > 0) {
            chart.over((graphics, place) -> key(graphics, width - 14, 428, values, theme));
        }
        return chart;
    }

    /** What the colours of values mean: a bar that ends at {@code right}, with the values of its ends. */
    public static void key(Graphics2D graphics, int right, int bottom, ValueAxis values, ChartTheme theme) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        String best = AxisScale.text(values.value(1));
        String worst = AxisScale.text(values.value(0));
        double left = right - ChartStyle.width(best, font) - 6 - KEY_WIDTH;
        for (int i = 0; i < KEY_WIDTH; i++) {
            graphics.setColor(ColourRamp.of(i / (KEY_WIDTH - 1.0), theme));
            graphics.fill(new Rectangle2D.Double(left + i, bottom - 9, 1.5, 9));
        }
        graphics.setFont(font);
        graphics.setColor(theme.soft());
        graphics.drawString(best, (float) left + KEY_WIDTH + 6, bottom);
        graphics.drawString(worst, (float) (left - 6 - ChartStyle.width(worst, font)), bottom);
    }

    // The best are all drawn; of the rest every so many, so that 10,000 trials are not one dark field.
    private static List<TrialRecord> drawn(StudySnapshot study, ValueAxis values) {
        List<TrialRecord> sorted = study.complete().stream()
                .sorted(Comparator.comparingDouble(values::goodness))
                .toList();
        if (sorted.size() <= MOST_LINES) {
            return sorted;
        }
        int best = MOST_LINES / 4;
        int rest = sorted.size() - best;
        List<TrialRecord> drawn = new ArrayList<>();
        for (int i = 0; i < MOST_LINES - best; i++) {
            drawn.add(sorted.get((int) ((long) i * rest / (MOST_LINES - best))));
        }
        drawn.addAll(sorted.subList(rest, sorted.size()));
        return drawn;
    }

    private static List<TrialRecord> lost(StudySnapshot study) {
        return study.trials().stream()
                .filter(trial -> trial.state() == TrialState.FAILED || trial.state() == TrialState.PRUNED)
                .limit(MOST_LINES / 4)
                .toList();
    }

    // A parameter that is not active interrupts the line.
    private static void lines(
            ScaledChart chart, TrialRecord trial, List<SweepAxis> axes, ValueAxis values, Color colour, float width) {
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i <= axes.size(); i++) {
            double at = i < axes.size() ? axes.get(i).at(trial.settings()) : values.at(trial);
            if (Double.isNaN(at)) {
                chart.line("trial", line, colour, width);
                line = new ArrayList<>();
            } else {
                line.add(new double[] {i, at});
            }
        }
        chart.line("trial", line, colour, width);
    }

    private static void axes(
            Graphics2D graphics,
            ScaledChart.Place place,
            List<SweepAxis> axes,
            ValueAxis values,
            String metric,
            ChartTheme theme) {
        Font small = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        Font bold = new Font(Font.SANS_SERIF, Font.BOLD, 12);
        int room = (int) (place.x(1) - place.x(0)) - 8;
        for (int i = 0; i <= axes.size(); i++) {
            boolean last = i == axes.size();
            float x = (float) place.x(i);
            graphics.setColor(theme.soft());
            graphics.setStroke(new java.awt.BasicStroke(1.2f));
            graphics.draw(new Line2D.Double(x, place.y(0), x, place.y(1)));
            List<AxisScale.Tick> ticks =
                    last ? values.ticks(6) : axes.get(i).scale().ticks(6);
            graphics.setFont(small);
            for (AxisScale.Tick tick : ticks) {
                float y = (float) place.y(tick.at());
                String label = ChartStyle.fit(tick.label(), small, Math.max(30, room / 2 - 6));
                double wide = ChartStyle.width(label, small);
                double left = last ? x + 6 : x - 6 - wide;
                graphics.setColor(ColourRamp.sheer(theme.paper(), 0.75));
                graphics.fill(new Rectangle2D.Double(left - 1, y - 6, wide + 2, 12));
                graphics.setColor(theme.ink());
                graphics.draw(new Line2D.Double(x - 3, y, x + 3, y));
                graphics.drawString(label, (float) left, y + 4);
            }
            graphics.setFont(bold);
            graphics.setColor(last ? theme.accent() : theme.ink());
            String name = ChartStyle.fit(last ? metric : axes.get(i).name(), bold, room);
            float under = (float) place.y(Math.min(0, last ? values.low() + 0.05 : 0)) + 22;
            graphics.drawString(name, x - (float) ChartStyle.width(name, bold) / 2, under);
        }
    }
}
