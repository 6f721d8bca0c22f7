package dev.moviola.video;

import dev.moviola.MoviolaException;
import java.time.Duration;

/**
 * How much a decoder may read, hold and spend on one file, and how it decodes.
 *
 * @param maxFrames frames after which decoding fails, at least 1
 * @param deadline time from opening to the last frame, after which decoding fails
 * @param maxPixels largest width times height accepted, at least 1
 * @param maxBytes largest file accepted, at least 1
 * @param threads decoder threads, 1..16
 * @param shortSide frames whose shorter side is longer than this are scaled down to it (both sides rounded to even);
 *     0 keeps every size
 */
public record DecodeLimits(
        long maxFrames, Duration deadline, long maxPixels, long maxBytes, int threads, int shortSide) {
    private static final DecodeLimits STANDARD =
            new DecodeLimits(100_000, Duration.ofMinutes(10), 7680L * 4320, 8L << 30, 1, 0);

    /** Checks the ranges. */
    public DecodeLimits {
        if (maxFrames < 1 || maxPixels < 1 || maxBytes < 1) {
            throw new MoviolaException("limits of frames, pixels and bytes must be at least 1, but were " + maxFrames
                    + ", " + maxPixels + " and " + maxBytes);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new MoviolaException("a decoding deadline must be positive, but was " + deadline);
        }
        if (threads < 1 || threads > 16) {
            throw new MoviolaException("decoder threads must be in 1..16, but were " + threads);
        }
        if (shortSide < 0 || shortSide == 1) {
            throw new MoviolaException("short side must be 0 (keep) or at least 2 pixels, but was " + shortSide);
        }
    }

    /** 100,000 frames, ten minutes, 8K pictures, 8 GiB, one thread, no scaling. */
    public static DecodeLimits standard() {
        return STANDARD;
    }

    /** These limits with another frame limit. */
    public DecodeLimits withMaxFrames(long frames) {
        return new DecodeLimits(frames, deadline, maxPixels, maxBytes, threads, shortSide);
    }

    /** These limits with another deadline. */
    public DecodeLimits withDeadline(Duration time) {
        return new DecodeLimits(maxFrames, time, maxPixels, maxBytes, threads, shortSide);
    }

    /** These limits with another picture size limit. */
    public DecodeLimits withMaxPixels(long pixels) {
        return new DecodeLimits(maxFrames, deadline, pixels, maxBytes, threads, shortSide);
    }

    /** These limits with another file size limit. */
    public DecodeLimits withMaxBytes(long bytes) {
        return new DecodeLimits(maxFrames, deadline, maxPixels, bytes, threads, shortSide);
    }

    /** These limits with another number of decoder threads. */
    public DecodeLimits withThreads(int count) {
        return new DecodeLimits(maxFrames, deadline, maxPixels, maxBytes, count, shortSide);
    }

    /** These limits with frames scaled down to {@code pixels} on their shorter side; 0 keeps every size. */
    public DecodeLimits withShortSide(int pixels) {
        return new DecodeLimits(maxFrames, deadline, maxPixels, maxBytes, threads, pixels);
    }
}
