package dev.moviola.kernel.dependency;

import java.nio.file.Path;
import java.util.Optional;

/** Finds what documents a library. */
@FunctionalInterface
public interface LibrarySources {
    /**
     * The jar with the sources of a library or, where there is none, that with its documentation, by the ending of its
     * name. It is fetched when it is not there yet, in a few seconds at most: what takes longer is there the next time.
     */
    Optional<Path> of(Path jar);
}
