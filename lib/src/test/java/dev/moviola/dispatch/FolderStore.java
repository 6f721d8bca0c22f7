package dev.moviola.dispatch;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Artefact;
import dev.moviola.ledger.JobKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps artefacts in a folder. */
record FolderStore(Path folder) implements ArtefactStore {
    @Override
    public Path scratch() {
        return folder.resolve("scratch");
    }

    @Override
    public Artefact admit(Path file, JobKey job, String role, String mediaType) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            Files.move(file, folder.resolve(hash), StandardCopyOption.REPLACE_EXISTING);
            return new Artefact(job, role, hash, bytes.length, mediaType, hash);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new MoviolaException("cannot keep " + file, e);
        }
    }

    @Override
    public Path file(Artefact artefact) {
        return folder.resolve(artefact.path());
    }
}
