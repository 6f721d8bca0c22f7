package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import dev.moviola.video.Clip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Locale;

/** Shows a clip in a player. A large one is not put into the notebook; its place on disk is named. */
public final class ClipRenderer implements Renderer<Clip> {
    private static final long LARGEST = 12_000_000;

    @Override
    public Class<Clip> type() {
        return Clip.class;
    }

    @Override
    public MimeBundle render(Clip clip, RenderLimits limits) {
        String text = String.format(
                Locale.ROOT,
                "[clip %s, %d x %d, %.1f s, %,d bytes]",
                clip.file().getFileName(),
                clip.info().width(),
                clip.info().height(),
                clip.info().seconds(),
                clip.info().bytes());
        try {
            long size = Files.size(clip.file());
            if (size > LARGEST) {
                String where = text + " is too large to be shown here: " + clip.file();
                return MimeBundle.html("<p>" + TableRenderer.escape(where) + "</p>", where);
            }
            String data = Base64.getEncoder().encodeToString(Files.readAllBytes(clip.file()));
            String type = String.valueOf(clip.file()).endsWith(".webm") ? "video/webm" : MimeBundle.MP4;
            return MimeBundle.html(
                    "<video controls loop muted style=\"max-width:100%\" width=\""
                            + clip.info().width()
                            + "\" title=\"" + TableRenderer.escape(text) + "\" src=\"data:" + type + ";base64," + data
                            + "\"></video>",
                    text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
