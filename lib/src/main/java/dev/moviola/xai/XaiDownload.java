package dev.moviola.xai;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of bringing a clip here. */
public sealed interface XaiDownload {
    /** The file is complete. */
    record Complete(Path file, long bytes) implements XaiDownload {}

    /** The host answered with something else than the clip. */
    record Refused(int status, String reason, @Nullable Duration retryAfter) implements XaiDownload {}

    /** The host was not reached, or the clip broke off; another try may help. */
    record Broken(String reason) implements XaiDownload {}

    /** The address or the clip is not acceptable: not https, too many redirects, too large, empty. */
    record Unacceptable(String reason) implements XaiDownload {}

    /** The clip could not be written here. */
    record NotWritten(String reason) implements XaiDownload {}

    /** Told of a download as it goes on; called on the downloading thread, and must not block. */
    @FunctionalInterface
    interface Progress {
        /** Nobody wants to know. */
        Progress NONE = (bytes, total) -> {};

        /**
         * Some more has come.
         *
         * @param bytes how much is here
         * @param total how much there will be, -1 when the host does not say
         */
        void at(long bytes, long total);
    }
}
