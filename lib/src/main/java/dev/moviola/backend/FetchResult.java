package dev.moviola.backend;

import dev.moviola.ledger.Failure;
import dev.moviola.ledger.JobKey;
import java.nio.file.Path;
import java.util.List;

/** What came of bringing the results here. */
public sealed interface FetchResult {
    /** All files are here. */
    record Fetched(List<File> files) implements FetchResult {
        /** Copies the list. */
        public Fetched {
            files = List.copyOf(files);
        }
    }

    /** They could not be brought; {@code failure} says whether another try may help. */
    record Failed(Failure failure) implements FetchResult {}

    /**
     * A file that was brought.
     *
     * @param job the job that it belongs to
     * @param role what it is to the job, as in {@link dev.moviola.ledger.Artefact}
     * @param path where it lies now
     * @param mediaType such as {@code video/mp4}
     */
    record File(JobKey job, String role, Path path, String mediaType) {}
}
