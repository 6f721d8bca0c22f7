package dev.moviola.rehearsal;

import java.io.IOException;
import java.nio.file.Path;

/** Makes the clips that a stand-in hands out. Called on several threads at a time. */
@FunctionalInterface
public interface ClipSource {
    /**
     * Makes the clip.
     *
     * @param file where it may be written
     * @return where it lies: {@code file}, or another file that stays as it is
     */
    Path make(ClipRequest request, Path file) throws IOException;

    /** A clip rendered for each request, with the truth about it beside it. */
    static ClipSource rendered() {
        return (request, file) -> {
            RehearsalRenderer.render(request.take(), file);
            return file;
        };
    }

    /** The same clip for every request. */
    static ClipSource of(Path clip) {
        return (request, file) -> clip;
    }
}
