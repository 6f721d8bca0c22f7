package dev.moviola.video.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that nobody has asked to keep; they go when the program ends. */
public final class Scratch {
    private static final String PREFIX = "moviola-";

    private Scratch() {}

    /** Whether a file was named by {@link #mp4}. */
    public static boolean holds(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null
                && folder.getFileName() != null
                && folder.getFileName().toString().startsWith(PREFIX)
                && Path.of(System.getProperty("java.io.tmpdir"))
                        .toAbsolutePath()
                        .equals(folder.getParent());
    }

    /** A name for an mp4 that does not exist yet, in a folder of its own. */
    public static Path mp4(String name) {
        try {
            Path folder = Files.createTempDirectory(PREFIX);
            Path file = folder.resolve(name + ".mp4");
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary folder cannot be made: " + e.getMessage(), e);
        }
    }

    /** Deletes a file that was named by {@link #mp4}, and its folder, as far as that is possible. */
    public static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
            Path folder = file.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            System.getLogger(Scratch.class.getName()).log(System.Logger.Level.WARNING, "could not delete " + file, e);
        }
    }
}
