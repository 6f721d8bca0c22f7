package dev.moviola.ledger.internal;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders below {@code root} that hold a run's files. Each stays open from its first use on, because every file that
 * it takes in needs a flush of the folder. Safe for use by many threads; an interrupt does not break off a flush.
 */
public final class Shelves implements AutoCloseable {
    private final Path root;
    private final Map<Path, FileChannel> open = new ConcurrentHashMap<>();
    private final Set<Path> settled = ConcurrentHashMap.newKeySet();

    /** The folder that all shelves lie below must exist. */
    public Shelves(Path root) {
        this.root = root;
    }

    /** Makes a shelf unless it is known to be there. */
    public void make(Path shelf) throws IOException {
        if (!settled.contains(shelf)) {
            Files.createDirectories(shelf);
        }
    }

    /** Flushes the names in a shelf, and once that of the shelf itself. */
    public void flush(Path shelf) {
        force(shelf);
        Path entry = shelf;
        while (!entry.equals(root) && !settled.contains(entry)) {
            Path above = Objects.requireNonNull(entry.getParent());
            force(above);
            settled.add(entry);
            entry = above;
        }
    }

    private void force(Path folder) {
        boolean interrupted = false;
        while (!forced(folder)) {
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when an interrupt of this thread or of another closed the folder meanwhile. */
    private boolean forced(Path folder) {
        FileChannel channel = open.get(folder);
        try {
            if (channel == null) {
                FileChannel mine = FileChannel.open(folder, StandardOpenOption.READ);
                channel = open.putIfAbsent(folder, mine);
                if (channel == null) {
                    channel = mine;
                } else {
                    mine.close();
                }
            }
            channel.force(true);
        } catch (ClosedChannelException byAnInterrupt) {
            open.remove(folder, channel);
            return false;
        } catch (IOException e) {
            // Windows cannot open a folder; its file system journals the rename itself.
            System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "folder not flushed: " + folder, e);
        }
        return true;
    }

    @Override
    public void close() {
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "closing a folder", e);
            }
        }
        open.clear();
    }
}
