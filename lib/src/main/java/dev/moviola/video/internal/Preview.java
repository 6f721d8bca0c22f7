package dev.moviola.video.internal;

import dev.moviola.video.Clip;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.DecodeLimits;
import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import dev.moviola.video.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of clips that are small enough to be put into a notebook. */
public final class Preview {
    private static final int SHORT_SIDE = 320;
    private static final int MOST_SECONDS = 60;
    private static final int FEWEST_BITS = 60_000;

    private Preview() {}

    /** An mp4 of at most {@code largest} bytes, or nothing where that is too little for the length of the clip. */
    public static byte[] of(Clip clip, long largest) throws IOException {
        double seconds = Math.max(0.5, clip.info().seconds());
        double bits = Math.min(1_200_000, 0.7 * 8 * largest / seconds);
        if (bits < FEWEST_BITS || seconds > MOST_SECONDS) {
            return new byte[0];
        }
        Path file = Scratch.mp4("preview");
        try (Frames frames = clip.frames(DecodeLimits.standard().withShortSide(SHORT_SIDE))) {
            write(
                    frames,
                    file,
                    WriteOptions.standard().withBitsPerSecond((int) bits).withFrameTimes());
            byte[] copy = Files.readAllBytes(file);
            return copy.length <= largest ? copy : new byte[0];
        } finally {
            Scratch.discard(file);
        }
    }

    private static void write(Frames frames, Path file, WriteOptions options) {
        Frame first = evenSided(frames.next());
        double fps = Math.max(0.1, Math.min(1000, frames.info().fps()));
        try (ClipWriter writer = ClipWriter.open(file, first.width(), first.height(), fps, options)) {
            try {
                writer.write(first);
                while (frames.hasNext()) {
                    writer.write(evenSided(frames.next()));
                }
            } catch (RuntimeException | Error e) {
                writer.abandon();
                throw e;
            }
        }
    }

    /** The frame without its last column or row where their number is odd; small clips are not scaled. */
    private static Frame evenSided(Frame frame) {
        int width = frame.width() & ~1;
        int height = frame.height() & ~1;
        if (width == frame.width() && height == frame.height()) {
            return frame;
        }
        return new Frame(
                frame.index(),
                frame.seconds(),
                width,
                height,
                cropped(frame.luma(), frame.width(), width, height),
                cropped(frame.cb(), (frame.width() + 1) / 2, width / 2, height / 2),
                cropped(frame.cr(), (frame.width() + 1) / 2, width / 2, height / 2));
    }

    private static byte[] cropped(byte[] plane, int stride, int width, int height) {
        byte[] out = new byte[width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(plane, y * stride, out, y * width, width);
        }
        return out;
    }
}
