package dev.moviola.frame.internal;

import dev.moviola.frame.ChartTheme;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * An XChart chart whose ticks stand where {@link AxisScale} has them, which XChart's own cannot: at choices, at decades,
 * at extra places such as "failed". Both axes of the data go from 0 to 1. What is behind the data and what lies over it
 * can be painted in the same coordinates.
 */
public final class ScaledChart extends XYChart {
    private static final Color NONE = new Color(0, 0, 0, 0);

    private final ChartTheme theme;
    private final List<AxisScale.Tick> xTicks = new ArrayList<>();
    private final List<AxisScale.Tick> yTicks = new ArrayList<>();
    private final List<Layer> behind = new ArrayList<>();
    private final List<Layer> over = new ArrayList<>();
    private boolean grid = true;

    /** Something painted in the coordinates of the data. */
    @FunctionalInterface
    public interface Layer {
        /** Paints it; {@code place} says where data lie. */
        void paint(Graphics2D graphics, Place place);
    }

    /**
     * Where data lie on the paper.
     *
     * @param plot the rectangle of the plot
     */
    public record Place(Rectangle2D plot, double xLow, double xHigh, double yLow, double yHigh) {
        /** Pixels from the left. */
        public double x(double at) {
            return plot.getX() + (at - xLow) / (xHigh - xLow) * plot.getWidth();
        }

        /** Pixels from the top. */
        public double y(double at) {
            return plot.getMaxY() - (at - yLow) / (yHigh - yLow) * plot.getHeight();
        }
    }

    /** An empty chart. */
    public ScaledChart(int width, int height, String title, String x, String y, ChartTheme theme) {
        super(width, height);
        this.theme = theme;
        ChartStyle.apply(this, title, x, y, theme);
        getStyler().setLegendVisible(false);
        getStyler().setPlotGridLinesVisible(false);
        getStyler().setAxisTickMarksColor(NONE);
        getStyler().setXAxisTickMarksColor(NONE);
        getStyler().setYAxisTickMarksColor(NONE);
        getStyler().setPlotBackgroundColor(NONE);
        range(-0.03, 1.03, -0.04, 1.04);
    }

    /** The part of the coordinates that is shown. */
    public ScaledChart range(double xLow, double xHigh, double yLow, double yHigh) {
        getStyler().setXAxisMin(xLow);
        getStyler().setXAxisMax(xHigh);
        getStyler().setYAxisMin(yLow);
        getStyler().setYAxisMax(yHigh);
        return this;
    }

    /** The ticks of the horizontal axis. */
    public ScaledChart xTicks(List<AxisScale.Tick> ticks) {
        xTicks.addAll(ticks);
        return this;
    }

    /** The ticks of the vertical axis. */
    public ScaledChart yTicks(List<AxisScale.Tick> ticks) {
        yTicks.addAll(ticks);
        return this;
    }

    /** Leaves the grid lines out. */
    public ScaledChart withoutGrid() {
        grid = false;
        return this;
    }

    /** Paints something behind the data. */
    public ScaledChart behind(Layer layer) {
        behind.add(layer);
        return this;
    }

    /** Paints something over the data. */
    public ScaledChart over(Layer layer) {
        over.add(layer);
        return this;
    }

    /** Adds marks without lines; nothing when there are none. */
    public void marks(String name, List<double[]> points, Marker marker, Color colour) {
        if (!points.isEmpty()) {
            XYSeries marks = series(name, points);
            marks.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            marks.setMarker(marker);
            marks.setMarkerColor(colour);
        }
    }

    /** Adds a line; nothing when it has no points. */
    public void line(String name, List<double[]> points, Color colour, float width) {
        if (!points.isEmpty()) {
            XYSeries line = series(name, points);
            line.setMarker(SeriesMarkers.NONE);
            line.setLineColor(colour);
            line.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        }
    }

    // Series need names of their own; a further one of the same name stands in the legend once.
    private XYSeries series(String name, List<double[]> points) {
        boolean again = getSeries(name) != null;
        XYSeries added = addSeries(
                again ? name + " #" + getSeriesCollection().size() : name,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
        added.setShowInLegend(!again);
        return added;
    }

    /** Shows what the series are called, below the plot. */
    public ScaledChart withLegend() {
        getStyler().setLegendVisible(true);
        getStyler().setLegendPosition(LegendPosition.OutsideS);
        getStyler().setLegendLayout(LegendLayout.Horizontal);
        return this;
    }

    @Override
    public void paint(Graphics2D graphics, int width, int height) {
        if (getSeriesCollection().isEmpty()) {
            // XChart cannot lay out a chart without data.
            XYSeries nothing = addSeries("nothing", new double[] {0.5}, new double[] {0.5});
            nothing.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            nothing.setMarker(SeriesMarkers.NONE);
        }
        reserve();
        // Only a painted chart knows where its plot is.
        Graphics2D scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
        scratch.setRenderingHints(graphics.getRenderingHints());
        super.paint(scratch, width, height);
        scratch.dispose();
        Place place = place();
        Graphics2D own = (Graphics2D) graphics.create();
        own.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        own.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        own.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        own.setColor(theme.paper());
        own.fillRect(0, 0, width, height);
        behind.forEach(layer -> layer.paint(own, place));
        if (grid) {
            gridLines(own, place);
        }
        getStyler().setChartBackgroundColor(NONE);
        super.paint(graphics, width, height);
        getStyler().setChartBackgroundColor(theme.paper());
        labels(own, place);
        over.forEach(layer -> layer.paint(own, place));
        own.dispose();
    }

    private Place place() {
        double xLow = getStyler().getXAxisMin();
        double xHigh = getStyler().getXAxisMax();
        double yLow = getStyler().getYAxisMin();
        double yHigh = getStyler().getYAxisMax();
        double left = getScreenXFromChart(xLow);
        double top = getScreenYFromChart(yHigh);
        return new Place(
                new Rectangle2D.Double(left, top, getScreenXFromChart(xHigh) - left, getScreenYFromChart(yLow) - top),
                xLow,
                xHigh,
                yLow,
                yHigh);
    }

    // XChart keeps room for its own labels, which are not to be seen; they are as wide as the widest of ours.
    private void reserve() {
        Font font = getStyler().getAxisTickLabelsFont();
        String widest = yTicks.stream()
                .map(AxisScale.Tick::label)
                .max(Comparator.comparingDouble(label -> ChartStyle.width(label, font)))
                .orElse("");
        getStyler().setXAxisTickLabelsColor(NONE);
        getStyler().setYAxisTickLabelsColor(NONE);
        getStyler().setXAxisTicksVisible(!xTicks.isEmpty());
        getStyler().setYAxisTicksVisible(!yTicks.isEmpty());
        // Its labels must differ from each other, so they are numbers with as many digits as fill the room.
        double digit = ChartStyle.width("0", font);
        int digits = (int) Math.max(3, Math.ceil(ChartStyle.width(widest, font) / digit) - 1);
        setCustomXAxisTickLabelsFormatter(x -> String.format(Locale.ROOT, "%.3f", x));
        setCustomYAxisTickLabelsFormatter(y -> String.format(Locale.ROOT, "%." + digits + "f", y));
    }

    private void gridLines(Graphics2D graphics, Place place) {
        graphics.setColor(theme.rule());
        graphics.setStroke(new BasicStroke(0.8f));
        Rectangle2D plot = place.plot();
        for (AxisScale.Tick tick : xTicks) {
            double x = place.x(tick.at());
            graphics.draw(new Line2D.Double(x, plot.getMinY(), x, plot.getMaxY()));
        }
        for (AxisScale.Tick tick : yTicks) {
            double y = place.y(tick.at());
            graphics.draw(new Line2D.Double(plot.getMinX(), y, plot.getMaxX(), y));
        }
    }

    private void labels(Graphics2D graphics, Place place) {
        Font font = getStyler().getAxisTickLabelsFont();
        graphics.setFont(font);
        graphics.setColor(theme.soft());
        double ascent = graphics.getFontMetrics().getAscent();
        double beyond = Double.NEGATIVE_INFINITY;
        for (AxisScale.Tick tick : xTicks) {
            double room = place.plot().getWidth() / Math.max(1, xTicks.size());
            String label = ChartStyle.fit(tick.label(), font, (int) Math.max(24, 1.6 * room));
            double wide = ChartStyle.width(label, font);
            double x = place.x(tick.at()) - wide / 2;
            if (x > beyond + 6) {
                graphics.drawString(label, (float) x, (float) (place.plot().getMaxY() + 4 + ascent));
                beyond = x + wide;
            }
        }
        for (AxisScale.Tick tick : yTicks) {
            double wide = ChartStyle.width(tick.label(), font);
            graphics.drawString(tick.label(), (float) (place.plot().getMinX() - 6 - wide), (float)
                    (place.y(tick.at()) + ascent / 2 - 1));
        }
    }
}
