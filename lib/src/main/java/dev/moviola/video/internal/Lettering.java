package dev.moviola.video.internal;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Small text on pictures. */
public final class Lettering {
    /** Height of the letters' box in pixels. */
    public static final int SIZE = 12;

    private Lettering() {}

    /** Smooth lines and letters on {@code picture}; the caller disposes of it. */
    public static Graphics2D on(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, SIZE));
        return graphics;
    }

    /** Draws text with its middle at {@code x} and its base line at {@code y}. */
    public static void centred(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text) / 2, y);
    }

    /** Draws text that ends before {@code x}. */
    public static void endingAt(Graphics2D graphics, String text, int x, int y) {
        graphics.drawString(text, x - graphics.getFontMetrics().stringWidth(text), y);
    }

    /** {@code text}, cut so that it is at most {@code width} pixels wide. */
    public static String fitting(Graphics2D graphics, String text, int width) {
        if (graphics.getFontMetrics().stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && graphics.getFontMetrics().stringWidth(text.substring(0, length) + "…") > width) {
            length--;
        }
        return length == 0 ? "" : text.substring(0, length) + "…";
    }
}
