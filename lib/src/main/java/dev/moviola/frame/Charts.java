package dev.moviola.frame;

import dev.moviola.defect.Defect;
import dev.moviola.defect.DefectReport;
import dev.moviola.frame.internal.ChartStyle;
import java.awt.Font;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Charts of a run. {@link ChartImage} makes pictures of them; in a notebook they show themselves.
 *
 * <p>A chart of nothing is a chart that says so in its title.
 */
public final class Charts {
    /** How many effects {@link #effects} draws. */
    public static final int MOST_EFFECTS = 16;

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int ROW_HEIGHT = 26;
    private static final int BINS = 20;
    private static final int PLOT_WIDTH = WIDTH - 40;
    private static final int LABELS_WIDTH = 330;
    private static final int LABEL_GAP = 12;
    private static final int WIDEST_MODIFIER = 230;

    private Charts() {}

    /** The estimated effects of modifiers on defects, those with the strongest evidence, with their 95 % intervals. */
    public static XYChart effects(Collection<Effect> effects, ChartTheme theme) {
        List<Effect> drawn = effects.stream()
                .filter(effect -> !effect.metric().equals("overall") && !Double.isNaN(effect.estimate()))
                .sorted(Comparator.comparingDouble(Effect::evidence).reversed())
                .limit(MOST_EFFECTS)
                .sorted(Comparator.comparingDouble(Effect::estimate))
                .toList();
        String title =
                drawn.isEmpty() ? "Defects by modifier: too few clips" : "Defects by modifier, strongest evidence";
        XYChart chart = ChartStyle.chart(
                WIDTH,
                110 + ROW_HEIGHT * (drawn.size() + 1),
                title,
                "estimated addition to the defect score (0–1), 95 % interval",
                "",
                theme);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(drawn.size() + 1.0);
        chart.getStyler().setPlotGridLinesVisible(false);
        chart.getStyler().setYAxisTicksVisible(false);
        Font font = chart.getStyler().getAxisTickLabelsFont();
        chart.getStyler().setAnnotationTextFont(font);
        chart.getStyler().setAnnotationTextFontColor(theme.ink());
        double left = drawn.stream().mapToDouble(Effect::estimateLow).min().orElse(0);
        double right = drawn.stream().mapToDouble(Effect::estimateHigh).max().orElse(1);
        double span = Math.max(right, 0) - Math.min(left, 0);
        double margin = 0.03 * span;
        double from = Math.min(left, 0) - margin;
        double to = Math.max(right, 0) + margin;
        // Labels stand left of the data, in the same plot, and end where it begins.
        double pixel = (to - from) / (PLOT_WIDTH - LABELS_WIDTH);
        chart.getStyler().setXAxisMin(from - LABELS_WIDTH * pixel);
        chart.getStyler().setXAxisMax(to);
        chart.setCustomXAxisTickLabelsFormatter(x -> x < from ? "" : tick(x));
        ChartStyle.line(chart, "no effect", new double[] {0, 0}, new double[] {0, drawn.size() + 1.0}, theme.soft(), 1);
        for (int i = 0; i < drawn.size(); i++) {
            Effect effect = drawn.get(i);
            double y = i + 1;
            String label = label(effect, font);
            double middle = from - pixel * (LABEL_GAP + ChartStyle.width(label, font) / 2);
            chart.addAnnotation(new AnnotationText(label, middle, y, false));
            java.awt.Color colour =
                    !effect.isLikely() ? theme.soft() : effect.estimate() > 0 ? theme.accent() : theme.second();
            ChartStyle.line(
                    chart,
                    "interval " + i,
                    new double[] {effect.estimateLow(), effect.estimateHigh()},
                    new double[] {y, y},
                    colour,
                    2);
            XYSeries dot = chart.addSeries("mean " + i, new double[] {effect.estimate()}, new double[] {y});
            dot.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            dot.setMarker(SeriesMarkers.CIRCLE);
            dot.setMarkerColor(colour);
        }
        return chart;
    }

    /** How many clips have which overall score. */
    public static XYChart distribution(Collection<JobRow> rows, ChartTheme theme) {
        double[] edges = new double[2 * BINS + 2];
        double[] counts = new double[2 * BINS + 2];
        int scored = 0;
        for (JobRow row : rows) {
            if (row.isScored()) {
                int bin = (int) Math.min(BINS - 1, Math.max(0, row.overall() * BINS / 100));
                counts[2 * bin + 1]++;
                scored++;
            }
        }
        for (int bin = 0; bin < BINS; bin++) {
            edges[2 * bin + 1] = bin * 100.0 / BINS;
            edges[2 * bin + 2] = (bin + 1) * 100.0 / BINS;
            counts[2 * bin + 2] = counts[2 * bin + 1];
        }
        edges[2 * BINS + 1] = 100;
        double highest = Arrays.stream(counts).max().orElse(0);
        String title =
                scored == 0 ? "Quality: nothing scored" : "Quality of " + scored + (scored == 1 ? " clip" : " clips");
        XYChart chart =
                ChartStyle.chart(WIDTH, HEIGHT, title, "overall score (0–100, 100 = no defect found)", "clips", theme);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setXAxisMax(100.0);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(Math.max(1, highest * 1.08));
        chart.getStyler().setYAxisDecimalPattern("#,##0.##");
        XYSeries series = ChartStyle.line(chart, "clips", edges, counts, theme.accent(), 2);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        series.setFillColor(ChartStyle.faint(theme.accent()));
        return chart;
    }

    /** Jobs that ended and money spent since the first job was submitted. */
    public static XYChart progress(Collection<JobRow> rows, ChartTheme theme) {
        List<JobRow> ended = rows.stream()
                .filter(row -> end(row) != null)
                .sorted(Comparator.comparing(Charts::end))
                .toList();
        Instant start = rows.stream()
                .map(JobRow::last)
                .filter(java.util.Objects::nonNull)
                .map(last -> ((LastSubmission) last).intended())
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        double last = ended.isEmpty() ? 0 : seconds(start, ended.get(ended.size() - 1));
        double unit = last < 180 ? 1 : last < 3 * 3_600 ? 60 : 3_600;
        String unitName = unit == 1 ? "seconds" : unit == 60 ? "minutes" : "hours";
        List<double[]> points = new ArrayList<>();
        points.add(new double[] {0, 0, 0});
        double spent = 0;
        int every = Math.max(1, ended.size() / 1_000);
        for (int i = 0; i < ended.size(); i++) {
            spent += ended.get(i).cost().inDollars();
            if (i % every == 0 || i == ended.size() - 1) {
                points.add(new double[] {seconds(start, ended.get(i)) / unit, i + 1, spent});
            }
        }
        boolean isFree = spent == 0;
        String title = ended.isEmpty() ? "Progress: nothing has ended" : isFree ? "Throughput" : "Throughput and spend";
        XYChart chart =
                ChartStyle.chart(WIDTH, HEIGHT, title, unitName + " since the first submission", "jobs ended", theme);
        chart.getStyler().setYAxisMin(0, 0.0);
        chart.getStyler().setYAxisMax(0, Math.max(1, ended.size() * 1.05));
        ChartStyle.line(chart, "jobs ended", column(points, 0), column(points, 1), theme.second(), 2.2f);
        if (isFree) {
            chart.getStyler().setLegendVisible(false);
            return chart;
        }
        chart.setYAxisGroupTitle(1, "US dollars spent");
        chart.getStyler().setYAxisGroupPosition(1, YAxisPosition.Right);
        chart.getStyler().setYAxisGroupTitleColor(1, theme.soft());
        chart.getStyler().setYAxisGroupTickLabelsColorMap(1, theme.soft());
        chart.getStyler().setYAxisGroupTickMarksColorMap(1, theme.rule());
        chart.getStyler().setYAxisMin(1, 0.0);
        chart.getStyler().setYAxisMax(1, Math.max(0.01, spent * 1.15));
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        XYSeries money =
                ChartStyle.line(chart, "US dollars spent", column(points, 0), column(points, 2), theme.accent(), 2.2f);
        money.setYAxisGroup(1);
        return chart;
    }

    /** The defects of one clip over its length; defects that never reach 0.1 are left out. */
    public static XYChart timeline(DefectReport report, ChartTheme theme) {
        XYChart chart =
                ChartStyle.chart(WIDTH, HEIGHT, "Defects over time", "seconds", "sign of the defect (0–1)", theme);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setYAxisMax(1.0);
        chart.getStyler().setXAxisMin(0.0);
        // Without it XChart labels the times of frames instead of round ones.
        chart.getStyler().setXAxisTickLabelsFormattingFunction(time -> String.format(Locale.ROOT, "%.2f", time));
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        double fps = report.video().fps() > 0 ? report.video().fps() : 1;
        boolean any = false;
        for (Defect defect : Defect.values()) {
            double[] line = report.timelines().getOrDefault(defect.id(), new double[0]);
            double peak = 0;
            double[] x = new double[line.length];
            for (int i = 0; i < line.length; i++) {
                x[i] = i / fps;
                peak = Math.max(peak, line[i]);
            }
            if (peak >= 0.1) {
                ChartStyle.line(chart, defect.id(), x, line, ChartTheme.lines()[defect.ordinal()], 2);
                any = true;
            }
        }
        if (!any) {
            chart.setTitle("Defects over time: no sign of any");
            ChartStyle.line(
                    chart,
                    "none",
                    new double[] {0, Math.max(1 / fps, report.video().seconds())},
                    new double[] {0, 0},
                    theme.soft(),
                    1);
        }
        return chart;
    }

    private static String tick(double value) {
        return java.math.BigDecimal.valueOf(Math.round(value * 1e3), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String label(Effect effect, Font font) {
        String modifier = ChartStyle.drawable(effect.modifier().text());
        return ChartStyle.fit(modifier, font, WIDEST_MODIFIER) + " → " + effect.metric();
    }

    private static java.time.@org.jspecify.annotations.Nullable Instant end(JobRow row) {
        LastSubmission last = row.last();
        return last == null ? null : last.ended();
    }

    private static double seconds(Instant start, JobRow row) {
        Instant end = end(row);
        return end == null ? 0 : Duration.between(start, end).toMillis() / 1e3;
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }
}
