package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Shows a picture as a PNG. */
public final class ImageRenderer implements Renderer<BufferedImage> {
    @Override
    public Class<BufferedImage> type() {
        return BufferedImage.class;
    }

    @Override
    public MimeBundle render(BufferedImage image, RenderLimits limits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException("memory can always be written to", e);
        }
        return MimeBundle.png(out.toByteArray(), "[picture, " + image.getWidth() + " x " + image.getHeight() + "]");
    }
}
