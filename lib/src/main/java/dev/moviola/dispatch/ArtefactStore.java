package dev.moviola.dispatch;

import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import java.nio.file.Path;

/** Where artefacts are kept. A run folder is the usual one. Safe for use by many threads. */
public interface ArtefactStore {
    /** A folder for downloads in progress, on the file system of the store. It need not exist yet. */
    Path scratch();

    /**
     * Takes {@code file} into the store, under the name of its hash. When this returns the artefact would survive a
     * power cut. The file itself may be moved away.
     *
     * @throws dev.moviola.MoviolaException when the store cannot hold it, as on a full disk
     */
    Artefact admit(Path file, JobKey job, String role, String mediaType);

    /** Where an artefact can be read. */
    Path file(Artefact artefact);
}
