package dev.moviola.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A video file, known by its content.
 *
 * @param file where it lies
 * @param sha256 hash of its bytes, 64 lower-case hex digits
 * @param info what its header says
 */
public record Clip(Path file, String sha256, VideoInfo info) {
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

    /** The frames of this clip; the caller closes them. */
    public Frames frames(DecodeLimits limits) {
        return Frames.open(file, limits);
    }
}
