package dev.moviola.defect.internal;

import dev.moviola.video.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Lays the cells of a defect map over a picture and puts the clip's timeline under it. */
public final class HeatPainter {
    /** Rows of pixels that the timeline takes. */
    public static final int BAND = 48;

    private static final Color GROUND = new Color(0x1e1c19);
    private static final Color INK = new Color(0xece7dd);
    private static final Color LINE = new Color(0xff9a6b);
    private static final int LETTERS = 18;
    // Below this a cell stays as it is: nearly every cell has a trace of something.
    private static final double FAINT = 0.08;
    private static final int[] SCALE = {0xffd23f, 0xff7a1a, 0xe5173f, 0x8f0a5c};

    private HeatPainter() {}

    /**
     * {@code picture} without most of its colour, in the size given, with the map over it and the timeline under it.
     *
     * @param cells {@code [row][column]}, 0..1
     * @param title what the map shows
     * @param timeline one value 0..1 for each frame of the clip
     * @param frame which of them the picture is
     * @param seconds its time
     */
    public static BufferedImage paint(
            BufferedImage picture,
            int width,
            int height,
            float[][] cells,
            String title,
            double[] timeline,
            int frame,
            double seconds) {
        BufferedImage canvas = new BufferedImage(width, height + BAND, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.drawImage(Pictures.scaled(picture, width, height), 0, 0, null);
        heat(canvas, width, height, cells);
        graphics.setColor(GROUND);
        graphics.fillRect(0, height, width, BAND);
        double value = timeline.length == 0 ? 0 : timeline[Math.min(frame, timeline.length - 1)];
        graphics.setColor(INK);
        String words = String.format(Locale.ROOT, "%s %.2f", title, value);
        String time = String.format(Locale.ROOT, "%.2f s", seconds);
        graphics.drawString(words, 6, height + 14);
        graphics.drawString(time, width - 6 - graphics.getFontMetrics().stringWidth(time), height + 14);
        line(graphics, width, height, timeline, frame);
        graphics.dispose();
        return canvas;
    }

    private static void line(Graphics2D graphics, int width, int height, double[] timeline, int frame) {
        int left = 6;
        int right = width - 6;
        int bottom = height + BAND - 5;
        int top = height + LETTERS + 2;
        graphics.setColor(new Color(0x4a463f));
        graphics.drawLine(left, bottom, right, bottom);
        if (timeline.length < 2) {
            return;
        }
        double step = (right - left) / (timeline.length - 1.0);
        Path2D path = new Path2D.Double();
        path.moveTo(left, bottom);
        for (int t = 0; t < timeline.length; t++) {
            path.lineTo(left + t * step, bottom - timeline[t] * (bottom - top));
        }
        path.lineTo(right, bottom);
        graphics.setColor(new Color(LINE.getRed(), LINE.getGreen(), LINE.getBlue(), 70));
        graphics.fill(path);
        graphics.setColor(LINE);
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.draw(path);
        graphics.setColor(INK);
        int x = (int) Math.round(left + Math.min(frame, timeline.length - 1) * step);
        graphics.drawLine(x, top - 2, x, bottom + 2);
    }

    private static void heat(BufferedImage canvas, int width, int height, float[][] cells) {
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            canvas.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                row[x] = blend(row[x], at(cells, (x + 0.5) / width, (y + 0.5) / height));
            }
            canvas.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    private static int blend(int rgb, double value) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        double gray = 0.9 * (0.299 * red + 0.587 * green + 0.114 * blue);
        double share = value < FAINT ? 0 : 0.25 + 0.5 * (value - FAINT) / (1 - FAINT);
        int colour = colour(value);
        return level(red, gray, colour >> 16 & 0xff, share) << 16
                | level(green, gray, colour >> 8 & 0xff, share) << 8
                | level(blue, gray, colour & 0xff, share);
    }

    private static int level(int own, double gray, int heat, double share) {
        double base = 0.25 * own + 0.75 * gray;
        return (int) Math.max(0, Math.min(255, Math.round(base * (1 - share) + heat * share)));
    }

    /** The colour of a value 0..1, yellow over red to purple, as 0xRRGGBB. */
    static int colour(double value) {
        double place = Math.max(0, Math.min(1, value)) * (SCALE.length - 1);
        int from = Math.min(SCALE.length - 2, (int) place);
        double share = place - from;
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double a = SCALE[from] >> shift & 0xff;
            double b = SCALE[from + 1] >> shift & 0xff;
            colour |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return colour;
    }

    /** The map between the middles of its cells, linearly; {@code x} and {@code y} are 0..1. */
    private static double at(float[][] cells, double x, double y) {
        if (cells.length == 0) {
            return 0;
        }
        double column = Math.max(0, Math.min(cells[0].length - 1, x * cells[0].length - 0.5));
        double row = Math.max(0, Math.min(cells.length - 1, y * cells.length - 0.5));
        int c = Math.min((int) column, Math.max(0, cells[0].length - 2));
        int r = Math.min((int) row, Math.max(0, cells.length - 2));
        int nextColumn = Math.min(c + 1, cells[0].length - 1);
        int nextRow = Math.min(r + 1, cells.length - 1);
        double upper = cells[r][c] + (cells[r][nextColumn] - cells[r][c]) * (column - c);
        double lower = cells[nextRow][c] + (cells[nextRow][nextColumn] - cells[nextRow][c]) * (column - c);
        return upper + (lower - upper) * (row - r);
    }
}
