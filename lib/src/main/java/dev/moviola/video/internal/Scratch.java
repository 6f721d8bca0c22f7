package dev.moviola.video.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files that nobody has asked to keep. They go when the program ends, or, where it was killed, when the next one makes
 * such a file. Safe for use by many threads.
 */
public final class Scratch {
    /** What is temporary belongs to the process; made when it is needed first. */
    private static @Nullable ScratchFolder own;

    private Scratch() {}

    /** Whether a file was named by {@link #mp4}. */
    public static boolean holds(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        Path scratch = folder == null ? null : folder.getParent();
        return scratch != null
                && ScratchFolder.isNamedLikeOne(scratch)
                && temporary().toAbsolutePath().equals(scratch.getParent());
    }

    /** A name for an mp4 that does not exist yet, in a folder of its own. */
    public static Path mp4(String name) {
        try {
            return Files.createTempDirectory(own().path(), "clip").resolve(name + ".mp4");
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

    /** Made anew where somebody cleaned it away. */
    private static synchronized ScratchFolder own() throws IOException {
        ScratchFolder folder = own;
        if (folder == null || !Files.isDirectory(folder.path())) {
            folder = ScratchFolder.in(temporary());
            Runtime.getRuntime().addShutdownHook(new Thread(folder::close, "moviola-scratch"));
            own = folder;
        }
        return folder;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
