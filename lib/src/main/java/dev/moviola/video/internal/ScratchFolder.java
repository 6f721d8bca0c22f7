package dev.moviola.video.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for passing files that belongs to one process. The lock on a file inside is that process's sign of life: the
 * operating system lets go of it however the process ends, and whoever makes a folder beside it removes those that nobody
 * holds.
 */
final class ScratchFolder implements AutoCloseable {
    private static final String PREFIX = "moviola-scratch-";
    private static final String LOCK = "lock";
    private static final int TRIES = 5;

    private final Path path;
    private final FileChannel lock;

    private ScratchFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new folder in {@code place}, which is rid of those that this user's processes left when they were killed. */
    static ScratchFolder in(Path place) throws IOException {
        ScratchFolder made = make(place);
        sweep(place, Files.getOwner(made.path));
        return made;
    }

    private static ScratchFolder make(Path place) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Path path = Files.createTempDirectory(place, PREFIX + self());
            Path file = path.resolve(LOCK);
            FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // Another process may have swept the folder before it was locked.
            if (lock.tryLock() != null && Files.exists(file)) {
                return new ScratchFolder(path, lock);
            }
            lock.close();
        }
        throw new IOException("a folder in " + place + " was removed " + TRIES + " times while it was made");
    }

    /** Whether a path is named as these folders are. */
    static boolean isNamedLikeOne(Path folder) {
        return folder.getFileName() != null && folder.getFileName().toString().startsWith(PREFIX);
    }

    /** Where the files go. */
    Path path() {
        return path;
    }

    /** Removes the folder and all in it, as far as that is possible. */
    @Override
    public void close() {
        remove(path);
        try {
            lock.close();
        } catch (IOException e) {
            log("closing " + path, e);
        }
    }

    private static void sweep(Path place, UserPrincipal owner) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path folder : folders) {
                // Whoever closes a locked file of its own process may lose the lock by that.
                if (!folder.getFileName().toString().startsWith(PREFIX + self())) {
                    removeUnlessHeld(folder, owner);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log("looking for folders that were left in " + place, e);
        }
    }

    private static void removeUnlessHeld(Path folder, UserPrincipal owner) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
            return;
        }
        try (FileChannel held = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (held.tryLock() != null) {
                remove(folder);
            }
        } catch (IOException | OverlappingFileLockException e) {
            log("leaving " + folder, e);
        }
    }

    /** The lock goes last, so that what cannot be removed now is found again. */
    private static void remove(Path folder) {
        Path file = folder.resolve(LOCK);
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path below : found.sorted(Comparator.reverseOrder()).toList()) {
                if (!below.equals(file) && !below.equals(folder)) {
                    Files.deleteIfExists(below);
                }
            }
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException | UncheckedIOException e) {
            log("removing " + folder, e);
        }
    }

    /** This process, and not an earlier one of the same number, as in a container. */
    private static String self() {
        ProcessHandle me = ProcessHandle.current();
        long since = me.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return me.pid() + "-" + since + "-";
    }

    private static void log(String what, Exception e) {
        System.getLogger(ScratchFolder.class.getName()).log(System.Logger.Level.DEBUG, what, e);
    }
}
