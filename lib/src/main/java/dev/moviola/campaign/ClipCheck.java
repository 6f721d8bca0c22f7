package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.dispatch.ArtefactCheck;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Frames;
import java.util.Optional;

/** Decodes what came back to its last frame: only that proves that it is a clip. */
final class ClipCheck {
    private ClipCheck() {}

    static ArtefactCheck decodes() {
        return file -> {
            if (!file.mediaType().startsWith("video/")) {
                return Optional.empty();
            }
            try (Frames frames = Frames.open(file.path(), DecodeLimits.standard())) {
                if (!frames.hasNext()) {
                    return Optional.of("the clip has no frame");
                }
                while (frames.hasNext()) {
                    frames.next();
                }
                return Optional.empty();
            } catch (MoviolaException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        };
    }
}
