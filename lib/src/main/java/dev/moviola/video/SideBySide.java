package dev.moviola.video;

import dev.moviola.video.internal.Lettering;
import dev.moviola.video.internal.Reel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Two clips in one picture, in step: at each moment both show what they show at that time. The shorter one holds its
 * last picture, dimmed. Immutable.
 *
 * @param left the left clip
 * @param leftLabel what stands under it, may be empty
 * @param right the right clip
 * @param rightLabel what stands under it, may be empty
 */
public record SideBySide(Clip left, String leftLabel, Clip right, String rightLabel) {
    private static final int HIGHEST = 480;
    private static final int WIDEST = 1_920;
    private static final int GAP = 4;
    private static final int CAPTION = 24;

    /**
     * Writes the two as an H.264 mp4 at the higher of the two frame rates, at most 480 rows high and 1,920 wide.
     *
     * @throws VideoException if a clip cannot be decoded or the file cannot be written
     */
    public Clip write(Path mp4) {
        double fps = Math.max(
                0.1, Math.min(60, Math.max(left.info().fps(), right.info().fps())));
        DecodeLimits limits = DecodeLimits.standard().withShortSide(HIGHEST);
        try (Reel one = new Reel(left.frames(limits));
                Reel two = new Reel(right.frames(limits))) {
            int height = Math.min(HIGHEST, Math.max(one.height(), two.height()));
            double wide = one.widthAt(height) + two.widthAt(height);
            height = even(Math.min(height, height * (WIDEST - GAP) / wide));
            int leftWidth = even(one.widthAt(height));
            int rightWidth = even(two.widthAt(height));
            int width = leftWidth + GAP + rightWidth;
            try (ClipWriter writer = ClipWriter.open(mp4, width, height + CAPTION, fps)) {
                try {
                    for (int i = 0; !one.ended() || !two.ended(); i++) {
                        BufferedImage canvas = new BufferedImage(width, height + CAPTION, BufferedImage.TYPE_INT_RGB);
                        Graphics2D graphics = Lettering.on(canvas);
                        draw(graphics, one, 0, leftWidth, height, leftLabel);
                        draw(graphics, two, leftWidth + GAP, rightWidth, height, rightLabel);
                        graphics.setColor(new Color(0xece7dd));
                        String time = String.format(Locale.ROOT, "%.2f s", i / fps);
                        Lettering.endingAt(graphics, time, width - 6, height + CAPTION - 8);
                        graphics.dispose();
                        writer.write(Pictures.toFrame(canvas, i, i / fps));
                        one.goTo((i + 1) / fps);
                        two.goTo((i + 1) / fps);
                    }
                } catch (RuntimeException | Error e) {
                    writer.abandon();
                    throw e;
                }
            }
        }
        return Clip.of(mp4);
    }

    private static int even(double length) {
        return Math.max(16, (int) Math.round(length / 2) * 2);
    }

    private static void draw(Graphics2D graphics, Reel reel, int x, int width, int height, String label) {
        graphics.drawImage(reel.picture(width, height), x, 0, null);
        if (reel.ended()) {
            graphics.setColor(new Color(0, 0, 0, 140));
            graphics.fillRect(x, 0, width, height);
        }
        graphics.setColor(new Color(0xece7dd));
        String fitting = Lettering.fitting(graphics, label, width - 70);
        graphics.drawString(fitting, x + 6, height + CAPTION - 8);
    }
}
