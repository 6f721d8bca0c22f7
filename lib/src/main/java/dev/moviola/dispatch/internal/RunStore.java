package dev.moviola.dispatch.internal;

import dev.moviola.dispatch.ArtefactStore;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import dev.moviola.ledger.Run;
import java.nio.file.Path;

/** Keeps artefacts in the folder of a run. */
public record RunStore(Run run) implements ArtefactStore {
    @Override
    public Path scratch() {
        return run.scratch();
    }

    @Override
    public Artefact admit(Path file, JobKey job, String role, String mediaType) {
        return run.admit(file, job, role, mediaType);
    }

    @Override
    public Path file(Artefact artefact) {
        return run.file(artefact);
    }
}
