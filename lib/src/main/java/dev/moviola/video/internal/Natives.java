package dev.moviola.video.internal;

import dev.moviola.MoviolaException;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/** Loads ffmpeg's libraries once and holds what all files share. */
final class Natives {
    /**
     * Stops blocking reads. The opaque pointer leads to the deadline in {@link System#nanoTime()}. There is one instance
     * because native callbacks come from a small fixed pool.
     */
    static final AVIOInterruptCB.Callback_Pointer INTERRUPT;

    static {
        try {
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            INTERRUPT = new Deadline();
        } catch (LinkageError e) {
            throw new MoviolaException(
                    "ffmpeg's libraries do not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + " (" + e.getMessage()
                            + "); run ./jbang doctor, or set -Dorg.bytedeco.javacpp.cachedir to a writable folder",
                    e);
        }
    }

    private Natives() {}

    /** Loads the libraries and silences their log, if that has not happened yet. */
    static void ready() {}

    static String text(int error) {
        try (BytePointer buffer = new BytePointer(256)) {
            avutil.av_strerror(error, buffer, 256);
            String text = buffer.getString();
            return text.isEmpty() ? "error " + error : text;
        }
    }

    private static final class Deadline extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            long deadline = new LongPointer(opaque).get();
            return System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted() ? 1 : 0;
        }
    }
}
