package dev.moviola.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job with what the ledger knows of it.
 *
 * @param sequence the job's place in the run, from 1, in the order in which jobs were added
 * @param job the job
 * @param state where it stands
 * @param attempts how many submissions were intended for it
 * @param lastFailure why the last submission failed, null when none did
 * @param artefacts what it gave, empty until it is {@link JobState#DONE}
 */
public record JobRecord(
        long sequence,
        Job job,
        JobState state,
        int attempts,
        @Nullable Failure lastFailure,
        List<Artefact> artefacts) {
    /** Copies the artefacts. */
    public JobRecord {
        artefacts = List.copyOf(artefacts);
    }
}
