package dev.moviola.dispatch;

import dev.moviola.backend.FetchResult;
import java.util.Optional;

/**
 * Looks at a file that a backend brought, before it is admitted to the run. That it exists, holds something and is not
 * too large has been checked. Called on several threads at a time; may block.
 */
@FunctionalInterface
public interface ArtefactCheck {
    /** Says what is wrong with the file, in words for a person; empty when it is as it should be. */
    Optional<String> fault(FetchResult.File file);

    /** Accepts every file. */
    static ArtefactCheck none() {
        return file -> Optional.empty();
    }
}
