package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.display.PictureBytes;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.knowm.xchart.internal.chartpart.IChart;

/** Makes pictures of charts, at twice their size in CSS pixels so that they are sharp on dense screens. */
public final class ChartImage {
    /** Pixels of the picture for each CSS pixel. */
    public static final int SCALE = 2;

    private ChartImage() {}

    /** The chart as a PNG of at most 256 colours. */
    public static byte[] png(IChart chart) {
        return PictureBytes.drawing(image(chart));
    }

    /**
     * Writes the chart as a PNG.
     *
     * @throws MoviolaException when the file cannot be written
     */
    public static Path write(IChart chart, Path file) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            return Files.write(file, png(chart));
        } catch (IOException e) {
            throw new MoviolaException("the chart cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    /** The chart as a picture. */
    public static BufferedImage image(IChart chart) {
        BufferedImage image =
                new BufferedImage(chart.getWidth() * SCALE, chart.getHeight() * SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.scale(SCALE, SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        return image;
    }
}
