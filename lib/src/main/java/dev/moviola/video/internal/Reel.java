package dev.moviola.video.internal;

import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import dev.moviola.video.Pictures;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** One clip of several that are played in step: it shows what it shows at a given time, and then its last picture. */
public final class Reel implements AutoCloseable {
    private static final double CLOSE = 1e-6;

    private final Frames frames;
    private final double length;
    private Frame shown;
    private @Nullable Frame ahead;
    private boolean ended;

    /** The reel of frames that nobody has read yet; closes them. */
    public Reel(Frames frames) {
        this.frames = frames;
        this.shown = frames.next();
        this.length = frames.info().seconds();
        this.ahead = frames.hasNext() ? frames.next() : null;
    }

    /** Height of the pictures. */
    public int height() {
        return shown.height();
    }

    /** Width of the pictures when they are {@code height} high. */
    public double widthAt(int height) {
        return (double) shown.width() * height / shown.height();
    }

    /** Whether the clip is over. */
    public boolean ended() {
        return ended;
    }

    /** Goes on to a time that is not before the last one. */
    public void goTo(double seconds) {
        while (ahead != null && ahead.seconds() <= seconds + CLOSE) {
            shown = ahead;
            ahead = frames.hasNext() ? frames.next() : null;
        }
        ended = ahead == null && seconds + CLOSE >= Math.max(length, shown.seconds() + CLOSE);
    }

    /** What is shown now, in that size. */
    public BufferedImage picture(int width, int height) {
        return Pictures.scaled(Pictures.of(shown, frames.info()), width, height);
    }

    @Override
    public void close() {
        frames.close();
    }
}
