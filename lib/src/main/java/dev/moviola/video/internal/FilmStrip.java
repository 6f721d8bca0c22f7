package dev.moviola.video.internal;

import dev.moviola.MoviolaException;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import dev.moviola.video.Pictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** Pictures evenly spread over a clip, each with its time. */
public final class FilmStrip {
    private static final int ROW = 8;
    private static final int WIDEST = 1200;
    private static final int LARGEST_PICTURE = 240;
    private static final int GAP = 4;
    private static final int CAPTION = 18;

    private FilmStrip() {}

    /** {@code count} pictures, eight to a row, at most 1,200 pixels wide. */
    public static BufferedImage of(Path file, int count) {
        if (count < 1 || count > 100) {
            throw new MoviolaException("a film strip must have 1..100 pictures, but was to have " + count);
        }
        try (Frames frames = Frames.open(file, DecodeLimits.standard().withShortSide(240))) {
            Frame shown = frames.next();
            int columns = Math.min(count, ROW);
            int rows = (count + columns - 1) / columns;
            int room = Math.min(LARGEST_PICTURE, (WIDEST - GAP) / columns - GAP);
            int width = Math.max(1, Math.min(room, room * shown.width() / shown.height()));
            int height = Math.max(1, width * shown.height() / shown.width());
            BufferedImage strip = new BufferedImage(
                    columns * (width + GAP) + GAP, rows * (height + CAPTION + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = Lettering.on(strip);
            graphics.setColor(new Color(0x1e1c19));
            graphics.fillRect(0, 0, strip.getWidth(), strip.getHeight());
            graphics.setColor(new Color(0xece7dd));
            double length = Math.max(frames.info().seconds(), 1e-3);
            Frame ahead = frames.hasNext() ? frames.next() : null;
            for (int i = 0; i < count; i++) {
                double wanted = (i + 0.5) * length / count;
                while (ahead != null && ahead.seconds() <= wanted + 1e-6) {
                    shown = ahead;
                    ahead = frames.hasNext() ? frames.next() : null;
                }
                int x = GAP + i % columns * (width + GAP);
                int y = GAP + i / columns * (height + CAPTION + GAP);
                graphics.drawImage(Pictures.scaled(Pictures.of(shown, frames.info()), width, height), x, y, null);
                Lettering.centred(
                        graphics,
                        String.format(Locale.ROOT, "%.2f s", shown.seconds()),
                        x + width / 2,
                        y + height + CAPTION - 5);
            }
            graphics.dispose();
            return strip;
        }
    }
}
