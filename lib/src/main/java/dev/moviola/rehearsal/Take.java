package dev.moviola.rehearsal;

import dev.moviola.MoviolaException;

/**
 * An order for one rehearsal clip. Equal takes give equal pictures on every machine.
 *
 * @param prompt what to show; words of the usual modifiers change the scene and its defects
 * @param seed any number
 * @param seconds length, 0.1..60
 * @param width even number of pixels, 64..1920
 * @param height even number of pixels, 64..1080
 * @param fps frames a second, 1..120
 */
public record Take(String prompt, long seed, double seconds, int width, int height, double fps) {
    /** Checks the ranges. */
    public Take {
        if (!(seconds >= 0.1 && seconds <= 60)) {
            throw new MoviolaException("seconds must be in 0.1..60, but was " + seconds);
        }
        if (width < 64 || width > 1920 || width % 2 != 0 || height < 64 || height > 1080 || height % 2 != 0) {
            throw new MoviolaException(
                    "a take must be even and in 64..1920 x 64..1080 pixels, but was " + width + "x" + height);
        }
        if (!(fps >= 1 && fps <= 120)) {
            throw new MoviolaException("frames a second must be in 1..120, but were " + fps);
        }
    }

    /** A take of two seconds, 854x480 at 24 frames a second. */
    public static Take of(String prompt, long seed) {
        return new Take(prompt, seed, 2, 854, 480, 24);
    }

    /** Number of frames: seconds times rate, rounded, at least 2. */
    public int frames() {
        return (int) Math.max(2, Math.round(seconds * fps));
    }
}
