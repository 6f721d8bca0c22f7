package dev.moviola.ledger.internal;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.RunInUseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Holds a run folder for one writer. The operating system lets go of it when the process dies, however it dies. */
public final class RunLock implements AutoCloseable {
    private static final long FAR = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a run folder.
     *
     * @throws RunInUseException when it is taken
     */
    public static RunLock take(Path folder) {
        Path file = folder.resolve("run.lock");
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            boolean held = false;
            try {
                // A byte far behind the text, so that the text can be read where locks are mandatory.
                FileLock lock = channel.tryLock(FAR, 1, false);
                if (lock == null) {
                    throw inUse(folder, file);
                }
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(self().getBytes(StandardCharsets.UTF_8)), 0);
                held = true;
                return new RunLock(channel);
            } catch (OverlappingFileLockException e) {
                throw inUse(folder, file);
            } finally {
                if (!held) {
                    channel.close();
                }
            }
        } catch (IOException e) {
            throw new MoviolaException(
                    "the run " + folder + " cannot be opened for writing: " + e.getMessage()
                            + "; check its permissions",
                    e);
        }
    }

    private static RunInUseException inUse(Path folder, Path file) {
        String holder;
        try {
            holder = Files.readString(file).strip();
        } catch (IOException e) {
            holder = "an unknown process";
        }
        return new RunInUseException("the run " + folder + " may be written by one process at a time, but is held by "
                + holder + "; wait for it or stop it. Looking at the run (status, report) is always possible");
    }

    private static String self() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "this machine";
        }
        return "process " + ProcessHandle.current().pid() + " on " + host + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Lets go. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger("dev.moviola.ledger").log(System.Logger.Level.DEBUG, "closing a lock", e);
        }
    }
}
