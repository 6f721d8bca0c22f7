package dev.moviola.frame.internal;

import dev.moviola.frame.ChartTheme;
import dev.moviola.frame.internal.ScaledChart.Place;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * How good settings are over two parameters: at each place the mean over the trials near it, weighted by a bell curve of
 * their distance (Nadaraya, 1964; Watson, 1964). It fades to the paper where no trial is near. Along choices only trials
 * of the same choice count.
 */
public final class Landscape implements ScaledChart.Layer {
    private static final int FINEST = 72;
    private static final int BANDS = 10;
    private static final int MOST = 2_000;

    private final AxisScale x;
    private final AxisScale y;
    private final ChartTheme theme;
    private final int columns;
    private final int rows;
    private final double[] mean;
    private final double[] weight;

    /**
     * The landscape of points.
     *
     * @param points each with its place on both axes, 0..1, and how good it is, 0..1
     */
    public Landscape(AxisScale x, AxisScale y, List<double[]> points, ChartTheme theme) {
        this.x = x;
        this.y = y;
        this.theme = theme;
        this.columns = x.ordered() ? FINEST : x.choices().size();
        this.rows = y.ordered() ? FINEST : y.choices().size();
        this.mean = new double[columns * rows];
        this.weight = new double[columns * rows];
        int every = Math.max(1, (points.size() + MOST - 1) / MOST);
        double width = 0.4 * Math.pow(Math.max(1, points.size()), -0.2);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                double total = 0;
                for (int i = 0; i < points.size(); i += every) {
                    double[] point = points.get(i);
                    double near = near(x, point[0], centre(x, column, columns), width)
                            * near(y, point[1], centre(y, row, rows), width);
                    sum += near * point[2];
                    total += near;
                }
                mean[row * columns + column] = total > 0 ? sum / total : 0;
                weight[row * columns + column] = total;
            }
        }
    }

    /** How good it is at a place, 0..1. */
    public double at(double atX, double atY) {
        return blend(mean, atX, atY);
    }

    @Override
    public void paint(Graphics2D graphics, Place place) {
        Rectangle2D plot = place.plot();
        int left = (int) Math.round(place.x(0));
        int top = (int) Math.round(place.y(1));
        int wide = (int) Math.round(place.x(1)) - left;
        int high = (int) Math.round(place.y(0)) - top;
        if (wide < 1 || high < 1 || plot.isEmpty()) {
            return;
        }
        int dense = 2;
        BufferedImage image = new BufferedImage(wide * dense, high * dense, BufferedImage.TYPE_INT_RGB);
        for (int py = 0; py < high * dense; py++) {
            for (int px = 0; px < wide * dense; px++) {
                double atX = (px + 0.5) / (wide * dense);
                double atY = 1 - (py + 0.5) / (high * dense);
                double band = Math.floor(blend(mean, atX, atY) * BANDS * 0.999) / (BANDS - 1);
                double certain = Math.min(1, blend(weight, atX, atY) / 0.7);
                Color colour = ColourRamp.mix(theme.paper(), ColourRamp.of(band, theme), certain);
                image.setRGB(px, py, colour.getRGB());
            }
        }
        graphics.drawImage(image, left, top, wide, high, null);
    }

    private static double near(AxisScale axis, double at, double centre, double width) {
        if (!axis.ordered()) {
            return Math.abs(at - centre) < 0.25 / axis.choices().size() ? 1 : 0;
        }
        double distance = (at - centre) / width;
        return Math.exp(-0.5 * distance * distance);
    }

    private static double centre(AxisScale axis, int index, int count) {
        return axis.ordered() ? (double) index / (count - 1) : (index + 0.5) / count;
    }

    private double blend(double[] field, double atX, double atY) {
        double fx = x.ordered() ? atX * (columns - 1) : Math.min(columns - 1, Math.floor(atX * columns));
        double fy = y.ordered() ? atY * (rows - 1) : Math.min(rows - 1, Math.floor(atY * rows));
        int left = (int) Math.min(columns - 1, fx);
        int low = (int) Math.min(rows - 1, fy);
        int right = Math.min(columns - 1, left + 1);
        int high = Math.min(rows - 1, low + 1);
        double bottom = field[low * columns + left]
                + (fx - left) * (field[low * columns + right] - field[low * columns + left]);
        double top = field[high * columns + left]
                + (fx - left) * (field[high * columns + right] - field[high * columns + left]);
        return bottom + (fy - low) * (top - bottom);
    }
}
