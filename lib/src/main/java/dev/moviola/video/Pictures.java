package dev.moviola.video;

import dev.moviola.video.internal.RgbToPlanes;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** Still pictures from clips, in sRGB. All methods are safe for use by several threads. */
public final class Pictures {
    private static final int GAP = 4;

    private Pictures() {}

    /** {@code frame} in colour, converted as {@code info} says (BT.601 or BT.709, full or limited range). */
    public static BufferedImage of(Frame frame, VideoInfo info) {
        double kr = info.bt709() ? 0.2126 : 0.299;
        double kb = info.bt709() ? 0.0722 : 0.114;
        double kg = 1 - kr - kb;
        double gain = info.fullRange() ? 1 : 255.0 / 219;
        double chromaGain = info.fullRange() ? 1 : 255.0 / 224;
        int black = info.fullRange() ? 0 : 16;
        int width = frame.width();
        int[] rgb = new int[width * frame.height()];
        for (int y = 0; y < frame.height(); y++) {
            int chromaRow = (y / 2) * ((width + 1) / 2);
            for (int x = 0; x < width; x++) {
                double l = (frame.lumaAt(x, y) - black) * gain;
                double b = ((frame.cb()[chromaRow + x / 2] & 0xff) - 128) * chromaGain;
                double r = ((frame.cr()[chromaRow + x / 2] & 0xff) - 128) * chromaGain;
                int red = level(l + 2 * (1 - kr) * r);
                int blue = level(l + 2 * (1 - kb) * b);
                int green = level(l - 2 * kb * (1 - kb) / kg * b - 2 * kr * (1 - kr) / kg * r);
                rgb[y * width + x] = red << 16 | green << 8 | blue;
            }
        }
        BufferedImage image = new BufferedImage(width, frame.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, frame.height(), rgb, 0, width);
        return image;
    }

    /**
     * {@code picture} as a frame of a clip that {@link ClipWriter} writes: limited range, BT.709 from 720 rows on, else
     * BT.601. Transparent parts count as black.
     */
    public static Frame toFrame(BufferedImage picture, int index, double seconds) {
        return RgbToPlanes.convert(picture, index, seconds);
    }

    /** {@code picture} in another size, smoothed; both sides at least 1 pixel. */
    public static BufferedImage scaled(BufferedImage picture, int width, int height) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(halved(picture, width, height), 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    // Bilinear sampling alone would skip pixels when a picture shrinks to less than half.
    private static BufferedImage halved(BufferedImage picture, int width, int height) {
        BufferedImage now = picture;
        while (now.getWidth() >= 2 * width && now.getHeight() >= 2 * height) {
            BufferedImage half = new BufferedImage(now.getWidth() / 2, now.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = half.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(now, 0, 0, half.getWidth(), half.getHeight(), null);
            graphics.dispose();
            now = half;
        }
        return now;
    }

    /**
     * The picture shown at {@code seconds}: the last frame that starts at or before it; the first or last frame outside
     * the clip.
     */
    public static BufferedImage frameAt(Path file, double seconds) {
        try (Frames frames = Frames.open(file)) {
            Frame shown = frames.next();
            while (frames.hasNext()) {
                Frame next = frames.next();
                if (next.seconds() > seconds + 1e-6) {
                    break;
                }
                shown = next;
            }
            return of(shown, frames.info());
        }
    }

    /** A picture that stands for the clip: the one a third of the way in. */
    public static BufferedImage poster(Path file) {
        return frameAt(file, Probe.of(file).seconds() / 3);
    }

    /** A film strip of {@code count} pictures, evenly spread over the clip, 160 pixels on their shorter side. */
    public static BufferedImage contactSheet(Path file, int count) {
        if (count < 1 || count > 100) {
            throw new dev.moviola.MoviolaException("a contact sheet has 1..100 pictures, but was to have " + count);
        }
        try (Frames frames = Frames.open(file, DecodeLimits.standard().withShortSide(160))) {
            double length = Math.max(frames.info().seconds(), 1e-3);
            Frame shown = frames.next();
            int columns = Math.min(count, 8);
            int rows = (count + columns - 1) / columns;
            BufferedImage sheet = new BufferedImage(
                    columns * (shown.width() + GAP) + GAP,
                    rows * (shown.height() + GAP) + GAP,
                    BufferedImage.TYPE_INT_RGB);
            for (int i = 0; i < count; i++) {
                double wanted = (i + 0.5) * length / count;
                while (shown.seconds() < wanted && frames.hasNext()) {
                    shown = frames.next();
                }
                BufferedImage picture = of(shown, frames.info());
                int[] rgb = picture.getRGB(0, 0, shown.width(), shown.height(), null, 0, shown.width());
                sheet.setRGB(
                        GAP + i % columns * (shown.width() + GAP),
                        GAP + i / columns * (shown.height() + GAP),
                        shown.width(),
                        shown.height(),
                        rgb,
                        0,
                        shown.width());
            }
            return sheet;
        }
    }

    private static int level(double value) {
        return (int) Math.max(0, Math.min(255, Math.round(value)));
    }
}
