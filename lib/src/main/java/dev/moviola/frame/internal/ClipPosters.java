package dev.moviola.frame.internal;

import dev.moviola.video.Pictures;
import dev.moviola.video.VideoException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/** Small pictures of clips as data URIs; the latest are kept. Safe for use by many threads. */
final class ClipPosters {
    private static final int HEIGHT = 68;
    private static final int KEPT = 400;

    private final Path folder;
    private final Map<String, String> made = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
        }
    };

    ClipPosters(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** The picture of a clip; empty when there is none. */
    synchronized String of(String clip) {
        return clip.isEmpty() ? "" : made.computeIfAbsent(clip, this::make);
    }

    private String make(String clip) {
        try {
            Path file = folder.resolve(clip).normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                return "";
            }
            BufferedImage poster = Pictures.poster(file);
            int width = Math.max(1, Math.round((float) poster.getWidth() * HEIGHT / poster.getHeight()));
            ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
            ImageIO.write(Pictures.scaled(poster, Math.min(width, 3 * HEIGHT), HEIGHT), "jpg", jpeg);
            return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg.toByteArray());
        } catch (IOException | VideoException | InvalidPathException e) {
            // A picture that cannot be made leaves its cell empty; the clip's fault is told where it is scored.
            return "";
        }
    }
}
