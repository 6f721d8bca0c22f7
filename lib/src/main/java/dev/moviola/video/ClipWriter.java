package dev.moviola.video;

import dev.moviola.MoviolaException;
import dev.moviola.video.internal.Encoder;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Writes frames as an H.264 mp4 (4:2:0, index in front, so that it plays while it loads).
 *
 * <p>The clip appears under its name only when {@link #close} has succeeded; until then it grows in a temporary file
 * beside it. After a failed {@link #write}, or after {@link #abandon}, nothing appears. One thread at a time.
 */
public final class ClipWriter implements AutoCloseable {
    private final Path file;
    private final Path partial;
    private final Encoder encoder;
    private boolean failed;
    private boolean closed;

    private ClipWriter(Path file, Path partial, Encoder encoder) {
        this.file = file;
        this.partial = partial;
        this.encoder = encoder;
    }

    /** Opens {@code file} with {@link WriteOptions#standard()}. */
    public static ClipWriter open(Path file, int width, int height, double fps) {
        return open(file, width, height, fps, WriteOptions.standard());
    }

    /**
     * Starts a clip.
     *
     * @param width even number of pixels, 16..4096
     * @param height even number of pixels, 16..4096
     * @param fps frames a second, 0.1..1000; NTSC rates such as 29.97 are written as the exact fraction
     * @throws VideoException if the encoder or the file cannot be opened
     */
    public static ClipWriter open(Path file, int width, int height, double fps, WriteOptions options) {
        if (width < 16 || height < 16 || width > 4096 || height > 4096 || width % 2 != 0 || height % 2 != 0) {
            throw new MoviolaException("a clip's sides must be even and in 16..4096, but were " + width + "x" + height);
        }
        if (!(fps >= 0.1 && fps <= 1000)) {
            throw new MoviolaException("frames a second must be in 0.1..1000, but were " + fps);
        }
        try {
            Path folder = file.toAbsolutePath().normalize().getParent();
            if (folder == null) {
                throw new VideoException(file, "is not the name of a file");
            }
            Files.createDirectories(folder);
            Path partial = folder.resolve(".clip-" + UUID.randomUUID() + ".part.mp4");
            try {
                return new ClipWriter(file, partial, new Encoder(file, partial, width, height, fps, options));
            } catch (RuntimeException | Error e) {
                Files.deleteIfExists(partial);
                throw e;
            }
        } catch (IOException e) {
            throw new VideoException(file, "cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Appends a frame, which must have the clip's size.
     *
     * @throws VideoException if encoding fails, for example because the disk is full
     */
    public void write(Frame frame) {
        if (closed || failed) {
            throw new VideoException(file, "takes no more frames: it was closed or has failed");
        }
        try {
            encoder.write(frame);
        } catch (RuntimeException | Error e) {
            failed = true;
            throw e;
        }
    }

    /** Gives the clip up: {@link #close} will remove what was written. */
    public void abandon() {
        failed = true;
    }

    /**
     * Ends the clip and gives it its name. A clip without any frame is not made.
     *
     * @throws VideoException if the last bytes cannot be written
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            try {
                if (!failed) {
                    encoder.finish();
                }
            } finally {
                encoder.close();
            }
            if (!failed) {
                move();
            }
        } catch (IOException e) {
            throw new VideoException(file, "cannot be written: " + e.getMessage(), e);
        } finally {
            discard();
        }
    }

    private void move() throws IOException {
        try {
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void discard() {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            System.getLogger(ClipWriter.class.getName())
                    .log(System.Logger.Level.WARNING, "could not delete " + partial, e);
        }
    }
}
