package dev.moviola.video;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.video.internal.FilmStrip;
import dev.moviola.video.internal.Scratch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A video file, known by its content. Shown as a {@link #player}.
 *
 * @param file where it lies
 * @param sha256 hash of its bytes, 64 lower-case hex digits
 * @param info what its header says
 */
public record Clip(Path file, String sha256, VideoInfo info) implements Displayable {
    /**
     * Hashes and probes {@code file}.
     *
     * @throws VideoException if it is not a complete video file of a supported kind
     */
    public static Clip of(Path file) {
        VideoInfo info = Probe.of(file);
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return new Clip(file, HexFormat.of().formatHex(digest.digest()), info);
        } catch (IOException e) {
            throw new VideoException(file, "cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * The name of an mp4 that can be written, in a new folder. Both go when the program ends, or, if it
     * was killed, when another one makes such a file.
     *
     * @param name what it is called, without the ending
     */
    public static Path temporary(String name) {
        return Scratch.mp4(name);
    }

    /** The frames of this clip; the caller closes them. */
    public Frames frames(DecodeLimits limits) {
        return Frames.open(file, limits);
    }

    /** A player for notebooks and pages, small enough to be kept in them. */
    public Player player() {
        return Player.of(this);
    }

    /**
     * The picture shown at {@code seconds}: the last frame that starts at or before it; the first or last frame outside
     * the clip.
     */
    public BufferedImage frame(double seconds) {
        return Pictures.frameAt(file, seconds);
    }

    /**
     * A film strip: pictures evenly spread over the clip, each with its time, eight to a row.
     *
     * @param count how many, 1..100
     */
    public BufferedImage strip(int count) {
        return FilmStrip.of(file, count);
    }

    /** This clip to the left of another, in step, in a temporary file that goes when the program ends. */
    public Clip beside(Clip other) {
        return new SideBySide(this, "", other, "").write(temporary("side-by-side"));
    }

    @Override
    public MimeBundle display() {
        return player().display();
    }
}
