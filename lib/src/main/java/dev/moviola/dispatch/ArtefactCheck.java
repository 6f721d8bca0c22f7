package dev.moviola.dispatch;

import dev.moviola.backend.FetchResult;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Probe;
import dev.moviola.video.VideoException;
import java.util.Optional;

/**
 * Looks at a file that a backend brought, before it is admitted to the run. That it exists, holds something and is not
 * too large has been checked. Called on several threads at a time; may block.
 */
@FunctionalInterface
public interface ArtefactCheck {
    /** Says what is wrong with the file, in words for a person; empty when it is as it should be. */
    Optional<String> fault(FetchResult.File file);

    /** Decodes every file whose media type is {@code video/…} to its end; accepts all others. */
    static ArtefactCheck decodes(DecodeLimits limits) {
        return file -> {
            if (!file.mediaType().startsWith("video/")) {
                return Optional.empty();
            }
            try {
                Probe.thorough(file.path(), limits);
                return Optional.empty();
            } catch (VideoException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        };
    }

    /** Accepts every file. */
    static ArtefactCheck none() {
        return file -> Optional.empty();
    }
}
