package dev.moviola.video;

import dev.moviola.MoviolaException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that could not be read or written as video. The message names the file and the reason. */
public class VideoException extends MoviolaException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final String reason;

    /** Says that {@code file} failed because of {@code reason}. */
    public VideoException(Path file, String reason) {
        this(file, reason, null);
    }

    /** Says that {@code file} failed because of {@code reason}, keeping what caused it. */
    public VideoException(Path file, String reason, @Nullable Throwable cause) {
        super(file + ": " + reason, cause);
        this.file = file.toString();
        this.reason = reason;
    }

    /** The file concerned. */
    public Path file() {
        return Path.of(file);
    }

    /** What is wrong with it, without the file name. */
    public String reason() {
        return reason;
    }
}
