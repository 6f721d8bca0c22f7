package dev.moviola.video;

import dev.moviola.MoviolaException;
import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.PictureBytes;
import dev.moviola.video.internal.Preview;
import dev.moviola.video.internal.Scratch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Locale;

/**
 * A clip as it is shown in a notebook or a page: a player that needs no other file, a poster for viewers that show no
 * video, a line of text for terminals.
 *
 * <p>A clip within the limit that browsers can play is put in as it is. A larger one, or one of another kind, is put in
 * as a smaller copy; where even that is beyond the limit there is only the poster. In both cases a note says so and
 * names the file, unless it is a temporary one.
 *
 * @param clip what is played
 * @param largest how many bytes of video may be put in, at least 0
 */
public record Player(Clip clip, long largest) implements Displayable {
    /** How much video is put into a notebook unless another limit is given: 600 kB. */
    public static final long LARGEST = 600_000;

    private static final int POSTER = 480;

    /** Checks the limit. */
    public Player {
        if (largest < 0) {
            throw new MoviolaException("a player's limit must be at least 0 bytes, but was " + largest);
        }
    }

    /** A player with the limit {@link #LARGEST}. */
    public static Player of(Clip clip) {
        return new Player(clip, LARGEST);
    }

    /** This player with another limit in bytes. */
    public Player withLargest(long bytes) {
        return new Player(clip, bytes);
    }

    /** The clip's name, size, length and bytes. */
    public String caption() {
        return String.format(
                Locale.ENGLISH,
                "%s, %d x %d, %.1f s, %,d bytes",
                clip.file().getFileName(),
                clip.info().width(),
                clip.info().height(),
                clip.info().seconds(),
                clip.info().bytes());
    }

    @Override
    public MimeBundle display() {
        String text = "[clip " + caption() + "]";
        BufferedImage poster = small(Pictures.poster(clip.file()));
        byte[] picture = PictureBytes.jpeg(poster);
        String image = "<img alt=\"" + escape(text) + "\" style=\"max-width:100%\" src=\"data:image/jpeg;base64,"
                + base64(picture) + "\">";
        byte[] video = video();
        String note = note(video);
        StringBuilder html = new StringBuilder("<figure class=\"moviola-clip\" style=\"margin:0\">");
        if (video.length == 0) {
            html.append(image);
        } else {
            // The picture inside is what viewers show that strip the player but keep its content.
            html.append("<video controls loop muted playsinline style=\"max-width:100%;height:auto\" width=\"")
                    .append(Math.min(960, clip.info().width()))
                    .append("\" title=\"")
                    .append(escape(text))
                    .append("\" src=\"data:")
                    .append(isWebm() && note.isEmpty() ? "video/webm" : MimeBundle.MP4)
                    .append(";base64,")
                    .append(base64(video))
                    .append("\">")
                    .append(image)
                    .append("</video>");
        }
        if (!note.isEmpty()) {
            html.append("<figcaption style=\"font-size:12px;opacity:.75;overflow-wrap:anywhere\">")
                    .append(escape(note).replace("/", "/<wbr>"))
                    .append("</figcaption>");
        }
        html.append("</figure>");
        return MimeBundle.html(html.toString(), note.isEmpty() ? text : text + "\n" + note)
                .with(MimeBundle.JPEG, picture)
                .sized(MimeBundle.JPEG, poster.getWidth(), poster.getHeight());
    }

    private String note(byte[] video) {
        if (isPlayable() && clip.info().bytes() <= largest) {
            return "";
        }
        String kept = "the clip itself is " + (Scratch.holds(clip.file()) ? "a temporary file" : clip.file());
        return video.length == 0
                ? "too large to be put in here (the limit is " + String.format(Locale.ENGLISH, "%,d", largest)
                        + " bytes); " + kept
                : "a smaller copy; " + kept;
    }

    private byte[] video() {
        try {
            if (isPlayable() && clip.info().bytes() <= largest) {
                return Files.readAllBytes(clip.file());
            }
            return Preview.of(clip, largest);
        } catch (IOException e) {
            throw new VideoException(clip.file(), "cannot be read: " + e.getMessage(), e);
        }
    }

    private boolean isPlayable() {
        String name = String.valueOf(clip.file()).toLowerCase(Locale.ROOT);
        return isWebm() || (clip.info().codec().equals("h264") && !name.endsWith(".mkv") && !name.endsWith(".avi"));
    }

    private boolean isWebm() {
        return String.valueOf(clip.file()).toLowerCase(Locale.ROOT).endsWith(".webm");
    }

    private static BufferedImage small(BufferedImage picture) {
        int width = Math.min(POSTER, picture.getWidth());
        return Pictures.scaled(
                picture, width, Math.max(1, Math.round(width * (float) picture.getHeight() / picture.getWidth())));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
