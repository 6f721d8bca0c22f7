package dev.moviola.video;

import dev.moviola.video.internal.Source;
import java.nio.file.Path;

/** Describes video files. All methods are safe for use by several threads. */
public final class Probe {
    private Probe() {}

    /**
     * Reads the header of {@code file}, without decoding it.
     *
     * @throws VideoException if it is not a complete video file of a supported kind
     */
    public static VideoInfo of(Path file) {
        return of(file, DecodeLimits.standard());
    }

    /** As {@link #of(Path)}, within {@code limits}. */
    public static VideoInfo of(Path file, DecodeLimits limits) {
        try (Source source = Source.open(file, limits)) {
            return source.info();
        }
    }

    /**
     * Decodes the whole of {@code file} and gives its description with the number of frames really found.
     *
     * @throws VideoException if the file does not decode to its end
     */
    public static VideoInfo thorough(Path file, DecodeLimits limits) {
        try (Frames frames = Frames.open(file, limits)) {
            int count = 0;
            while (frames.hasNext()) {
                frames.next();
                count++;
            }
            VideoInfo i = frames.info();
            return new VideoInfo(
                    i.width(),
                    i.height(),
                    count,
                    i.seconds(),
                    i.fps(),
                    i.codec(),
                    i.pixelFormat(),
                    i.bytes(),
                    i.fullRange(),
                    i.bt709());
        }
    }
}
