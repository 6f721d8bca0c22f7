package dev.moviola.kernel.dependency;

import java.nio.file.Path;
import java.util.List;

/**
 * What a request added to a session.
 *
 * @param added jars that were not there before, in class path order
 * @param notes what the user should know, such as a version that could not be changed any more
 * @param fetchedBytes how much was downloaded
 */
public record Resolution(List<Path> added, List<String> notes, long fetchedBytes) {
    /** Copies the lists. */
    public Resolution {
        added = List.copyOf(added);
        notes = List.copyOf(notes);
    }
}
