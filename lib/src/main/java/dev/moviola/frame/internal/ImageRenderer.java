package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import java.awt.image.BufferedImage;

/** Shows a picture. */
public final class ImageRenderer implements Renderer<BufferedImage> {
    @Override
    public Class<BufferedImage> type() {
        return BufferedImage.class;
    }

    @Override
    public MimeBundle render(BufferedImage image, RenderLimits limits) {
        return MimeBundle.picture(image, "[picture, " + image.getWidth() + " x " + image.getHeight() + "]");
    }
}
