package dev.moviola.frame.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.video.Clip;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.Frame;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipRendererTest {
    @TempDir
    Path folder;

    private Clip clip() {
        Path file = folder.resolve("a.mp4");
        try (ClipWriter writer = ClipWriter.open(file, 64, 48, 8)) {
            for (int i = 0; i < 4; i++) {
                writer.write(Frame.gray(i, i / 8.0, 64, 48, new byte[64 * 48]));
            }
        }
        return Clip.of(file);
    }

    @Test
    void aClipIsShownInAPlayer() {
        MimeBundle bundle = Display.bundle(clip());
        assertThat(bundle.textForm(MimeBundle.HTML).orElseThrow())
                .startsWith("<video controls")
                .contains("src=\"data:video/mp4;base64,");
        assertThat(bundle.plain()).contains("a.mp4", "64 x 48");
    }

    @Test
    void aLargeClipIsNamedInsteadOfShown() throws Exception {
        Clip clip = clip();
        try (RandomAccessFile file = new RandomAccessFile(clip.file().toFile(), "rw")) {
            file.setLength(13_000_000);
        }
        assertThat(Display.bundle(clip).textForm(MimeBundle.HTML).orElseThrow())
                .contains("too large to be shown here")
                .doesNotContain("<video");
    }
}
