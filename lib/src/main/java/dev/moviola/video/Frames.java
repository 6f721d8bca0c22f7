package dev.moviola.video;

import dev.moviola.video.internal.Decoder;
import dev.moviola.video.internal.Source;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a video file, decoded one at a time in order of presentation.
 *
 * <p>At most one frame is held; what has been returned belongs to the caller. Native memory is freed by {@link #close},
 * which must be called, best by try-with-resources. An instance may be used by one thread at a time. If that thread is
 * interrupted, decoding ends with a {@link VideoException}.
 *
 * <p>Samples keep the range and colour matrix of the file ({@link VideoInfo#fullRange}, {@link VideoInfo#bt709}).
 */
public final class Frames implements Iterator<Frame>, AutoCloseable {
    private final Source source;
    private final Decoder decoder;
    private @Nullable Frame ahead;
    private boolean ended;

    private Frames(Source source, Decoder decoder) {
        this.source = source;
        this.decoder = decoder;
    }

    /** Opens {@code file} with {@link DecodeLimits#standard()}. */
    public static Frames open(Path file) {
        return open(file, DecodeLimits.standard());
    }

    /**
     * Opens {@code file} for decoding.
     *
     * @throws VideoException if it is missing, empty, truncated, beyond a limit or not video of a supported kind
     */
    public static Frames open(Path file, DecodeLimits limits) {
        Source source = Source.open(file, limits);
        try {
            return new Frames(source, new Decoder(source));
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /** What the container says about the stream. */
    public VideoInfo info() {
        return source.info();
    }

    /** How many packets have not decoded so far; the rest of the stream was good enough to go on. */
    public int damaged() {
        return decoder.damaged();
    }

    /**
     * Whether there is another frame, which is decoded by this call.
     *
     * @throws VideoException if the stream breaks off or a limit is passed
     */
    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            ahead = decoder.next();
            ended = ahead == null;
        }
        return ahead != null;
    }

    /** The next frame. */
    @Override
    public Frame next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException("no frame after the last one of " + source.file());
        }
        Frame frame = ahead;
        ahead = null;
        return frame;
    }

    /** Frees the decoder. Closing twice is harmless; after it there are no more frames. */
    @Override
    public void close() {
        ended = true;
        ahead = null;
        decoder.close();
        source.close();
    }
}
