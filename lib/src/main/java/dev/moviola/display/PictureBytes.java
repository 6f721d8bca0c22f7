package dev.moviola.display;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Pictures as bytes that are small enough to be kept in notebooks. */
public final class PictureBytes {
    private static final int MOST_COLOURS = 256;
    private static final float JPEG_QUALITY = 0.9f;

    private PictureBytes() {}

    /** A PNG with every pixel as it is. */
    public static byte[] png(BufferedImage picture) {
        return write(picture, "png", 0);
    }

    /** A JPEG of high quality. What shows through is painted on white. */
    public static byte[] jpeg(BufferedImage picture) {
        return write(opaque(picture), "jpeg", JPEG_QUALITY);
    }

    /**
     * A PNG of at most 256 colours, for opaque drawings: the colours that are used most stay as they are, the others,
     * which smooth edges, become the nearest of them. About half as large as {@link #png}.
     */
    public static byte[] drawing(BufferedImage picture) {
        return png(indexed(opaque(picture)));
    }

    private static byte[] write(BufferedImage picture, String format, float quality) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam options = writer.getDefaultWriteParam();
            options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            options.setCompressionQuality(quality);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(picture, null, null), options);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written to", e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage opaque(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_INT_RGB || picture.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return picture;
        }
        BufferedImage out = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = out.createGraphics();
        graphics.drawImage(picture, 0, 0, java.awt.Color.WHITE, null);
        graphics.dispose();
        return out;
    }

    private static BufferedImage indexed(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Map.Entry<Integer, Integer>> byUse = new ArrayList<>(counts.entrySet());
        byUse.sort(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        int[] palette =
                byUse.stream().limit(MOST_COLOURS).mapToInt(Map.Entry::getKey).toArray();
        IndexColorModel colours = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        byte[] data = ((DataBufferByte) out.getRaster().getDataBuffer()).getData();
        Map<Integer, Byte> places = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            data[i] = places.computeIfAbsent(pixels[i], pixel -> nearest(palette, pixel));
        }
        return out;
    }

    private static byte nearest(int[] palette, int pixel) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int red = (palette[i] >> 16 & 255) - (pixel >> 16 & 255);
            int green = (palette[i] >> 8 & 255) - (pixel >> 8 & 255);
            int blue = (palette[i] & 255) - (pixel & 255);
            int distance = red * red + green * green + blue * blue;
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return (byte) best;
    }
}
