package dev.moviola.video;

import dev.moviola.MoviolaException;

/**
 * How {@link ClipWriter} encodes.
 *
 * @param quality quantiser of every picture, 1 (best, largest) to 51; ignored when a bitrate is set
 * @param bitsPerSecond target bitrate, or 0 to hold the quality instead
 * @param keyframeEvery largest distance between key frames, in frames
 * @param framesTellTime whether {@link Frame#seconds} is written as the presentation time (variable frame rate);
 *     otherwise frames follow each other at the clip's exact rate
 */
public record WriteOptions(int quality, int bitsPerSecond, int keyframeEvery, boolean framesTellTime) {
    private static final WriteOptions STANDARD = new WriteOptions(22, 0, 48, false);

    /** Checks the ranges. */
    public WriteOptions {
        if (quality < 1 || quality > 51) {
            throw new MoviolaException("quality must be in 1..51, but was " + quality);
        }
        if (bitsPerSecond < 0) {
            throw new MoviolaException("a bitrate must be at least 0, but was " + bitsPerSecond);
        }
        if (keyframeEvery < 1) {
            throw new MoviolaException("key frames must be at least 1 frame apart, but were " + keyframeEvery);
        }
    }

    /** Quality 22, a key frame every 48 frames, exact frame rate. */
    public static WriteOptions standard() {
        return STANDARD;
    }

    /** These options with another quality. */
    public WriteOptions withQuality(int quantiser) {
        return new WriteOptions(quantiser, bitsPerSecond, keyframeEvery, framesTellTime);
    }

    /** These options with a target bitrate instead of a quality. */
    public WriteOptions withBitsPerSecond(int bits) {
        return new WriteOptions(quality, bits, keyframeEvery, framesTellTime);
    }

    /** These options with the presentation times of the frames themselves. */
    public WriteOptions withFrameTimes() {
        return new WriteOptions(quality, bitsPerSecond, keyframeEvery, true);
    }
}
