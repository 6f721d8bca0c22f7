package dev.moviola.video.internal;

import dev.moviola.video.Frame;
import java.awt.image.BufferedImage;

/** Turns sRGB pictures into planes of limited range; each chroma sample is the mean of its four pixels. */
public final class RgbToPlanes {
    private RgbToPlanes() {}

    /** {@code picture} as a frame; BT.709 from 720 rows on, else BT.601. */
    public static Frame convert(BufferedImage picture, int index, double seconds) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        double kr = height >= 720 ? 0.2126 : 0.299;
        double kb = height >= 720 ? 0.0722 : 0.114;
        int across = (width + 1) / 2;
        int down = (height + 1) / 2;
        byte[] luma = new byte[width * height];
        double[] blue = new double[across * down];
        double[] red = new double[across * down];
        int[] count = new int[across * down];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                double r = row[x] >> 16 & 0xff;
                double g = row[x] >> 8 & 0xff;
                double b = row[x] & 0xff;
                double l = kr * r + (1 - kr - kb) * g + kb * b;
                luma[y * width + x] = sample(16 + l * 219 / 255);
                int c = y / 2 * across + x / 2;
                blue[c] += (b - l) / (2 - 2 * kb);
                red[c] += (r - l) / (2 - 2 * kr);
                count[c]++;
            }
        }
        byte[] cb = new byte[across * down];
        byte[] cr = new byte[across * down];
        for (int c = 0; c < cb.length; c++) {
            cb[c] = sample(128 + blue[c] / count[c] * 224 / 255);
            cr[c] = sample(128 + red[c] / count[c] * 224 / 255);
        }
        return new Frame(index, seconds, width, height, luma, cb, cr);
    }

    private static byte sample(double value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
}
