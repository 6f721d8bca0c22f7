package dev.moviola.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureBytesTest {
    private static BufferedImage noise(int type) {
        BufferedImage picture = new BufferedImage(320, 200, type);
        Random random = new Random(3);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 320; x++) {
                picture.setRGB(x, y, 0xff000000 | x / 2 << 16 | y << 8 | random.nextInt(64));
            }
        }
        return picture;
    }

    private static BufferedImage drawing() {
        BufferedImage picture = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 400, 300);
        for (int i = 0; i < 12; i++) {
            graphics.setColor(Color.getHSBColor(i / 12f, 0.8f, 0.8f));
            graphics.drawLine(0, 7 * i, 399, 299 - 13 * i);
            graphics.drawOval(20 * i, 10 * i, 90, 70);
        }
        graphics.dispose();
        return picture;
    }

    private static BufferedImage read(byte[] bytes) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    @Test
    void aPngHoldsEveryPixelAsItIs() throws Exception {
        BufferedImage picture = noise(BufferedImage.TYPE_INT_RGB);

        BufferedImage back = read(PictureBytes.png(picture));

        assertThat(back.getRGB(0, 0, 320, 200, null, 0, 320)).isEqualTo(picture.getRGB(0, 0, 320, 200, null, 0, 320));
    }

    @Test
    void aDrawingKeepsTheColoursThatItUsesMost() throws Exception {
        BufferedImage picture = drawing();

        byte[] bytes = PictureBytes.drawing(picture);
        BufferedImage back = read(bytes);

        assertThat(bytes.length).isLessThan(PictureBytes.png(picture).length);
        assertThat(back.getRGB(399, 0)).isEqualTo(0xffffffff);
        double off = 0;
        for (int y = 0; y < 300; y++) {
            for (int x = 0; x < 400; x++) {
                Color was = new Color(picture.getRGB(x, y));
                Color is = new Color(back.getRGB(x, y));
                off += Math.abs(was.getRed() - is.getRed())
                        + Math.abs(was.getGreen() - is.getGreen())
                        + Math.abs(was.getBlue() - is.getBlue());
            }
        }
        assertThat(off / (300 * 400)).as("of 765, for a pixel").isBetween(0.001, 4.0);
    }

    @Test
    void whatShowsThroughBecomesWhiteWhereAPictureMustBeOpaque() throws Exception {
        BufferedImage glass = new BufferedImage(64, 64, BufferedImage.TYPE_INT_ARGB);

        assertThat(new Color(read(PictureBytes.jpeg(glass)).getRGB(30, 30))).isEqualTo(Color.WHITE);
        assertThat(new Color(read(PictureBytes.drawing(glass)).getRGB(30, 30))).isEqualTo(Color.WHITE);
    }

    @Test
    void photographsAreShownAsJpegsAndDrawingsAsPngs() {
        MimeBundle photograph = MimeBundle.picture(noise(BufferedImage.TYPE_INT_RGB), "noise");
        MimeBundle drawing = MimeBundle.picture(drawing(), "lines");
        MimeBundle glass = MimeBundle.picture(noise(BufferedImage.TYPE_INT_ARGB), "glass");

        assertThat(photograph.mediaTypes()).containsExactly(MimeBundle.TEXT, MimeBundle.JPEG);
        assertThat(drawing.mediaTypes()).containsExactly(MimeBundle.TEXT, MimeBundle.PNG);
        assertThat(glass.mediaTypes()).containsExactly(MimeBundle.TEXT, MimeBundle.PNG);
    }
}
