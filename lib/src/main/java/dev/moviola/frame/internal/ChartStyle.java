package dev.moviola.frame.internal;

import dev.moviola.frame.ChartTheme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts look like. */
public final class ChartStyle {
    private ChartStyle() {}

    /** An empty chart with title and axis names. */
    public static XYChart chart(int width, int height, String title, String x, String y, ChartTheme theme) {
        XYChart chart = new XYChart(width, height);
        apply(chart, title, x, y, theme);
        return chart;
    }

    /** Gives a chart the common look, title and axis names. */
    static void apply(XYChart chart, String title, String x, String y, ChartTheme theme) {
        chart.setTitle(title);
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        XYStyler style = chart.getStyler();
        Font base = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        style.setBaseFont(base);
        style.setChartTitleFont(base.deriveFont(Font.BOLD, 15f));
        style.setAxisTitleFont(base);
        style.setAxisTickLabelsFont(base.deriveFont(12f));
        style.setLegendFont(base.deriveFont(12f));
        style.setLocale(Locale.ENGLISH);
        style.setChartBackgroundColor(theme.paper());
        style.setPlotBackgroundColor(theme.paper());
        style.setChartFontColor(theme.ink());
        style.setChartTitleFontColor(theme.ink());
        style.setXAxisTitleColor(theme.soft());
        style.setYAxisTitleColor(theme.soft());
        style.setAxisTickLabelsColor(theme.soft());
        style.setXAxisTickLabelsColor(theme.soft());
        style.setYAxisTickLabelsColor(theme.soft());
        style.setAxisTickMarksColor(theme.rule());
        style.setXAxisTickMarksColor(theme.rule());
        style.setYAxisTickMarksColor(theme.rule());
        style.setPlotBorderVisible(false);
        style.setPlotGridLinesColor(theme.rule());
        style.setPlotGridLinesStroke(new BasicStroke(0.8f));
        style.setLegendBackgroundColor(theme.paper());
        style.setLegendBorderColor(theme.paper());
        style.setChartTitlePadding(8);
        style.setChartPadding(12);
        style.setAxisTitlePadding(8);
        style.setMarkerSize(8);
        style.setPlotContentSize(1);
    }

    /** Adds a line without markers. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color colour, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        return series;
    }

    /** A colour that lets the grid through. */
    public static Color faint(Color colour) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 60);
    }

    /** How many pixels the text is wide. */
    public static double width(String text, Font font) {
        return font.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }

    /** The text, or as much of its beginning as fits with an ellipsis into {@code width} pixels. */
    public static String fit(String text, Font font, int width) {
        int[] points = text.codePoints().limit(width).toArray();
        int kept = points.length;
        String fitting = text;
        while (kept > 0 && width(fitting, font) > width) {
            fitting = new String(points, 0, --kept).stripTrailing() + "…";
        }
        return fitting;
    }

    /** Text without line breaks and control characters. */
    public static String drawable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
    }
}
