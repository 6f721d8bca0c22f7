package dev.moviola.video;

import dev.moviola.MoviolaException;
import java.util.Arrays;

/**
 * One decoded picture in planar Y'CbCr 4:2:0, 8 bits a sample.
 *
 * <p>Planes are row-major without padding. {@code luma} holds {@code width * height} samples; {@code cb} and {@code cr}
 * hold {@code ceil(width / 2) * ceil(height / 2)} samples each. The arrays are shared, not copied: whoever receives a
 * frame must not write to them. Instances are otherwise immutable and may be passed between threads.
 *
 * @param index position in the decoded stream, counted from 0
 * @param seconds presentation time from the start of the stream
 * @param width picture width in pixels, at least 1
 * @param height picture height in pixels, at least 1
 * @param luma Y' samples, 0..255
 * @param cb blue-difference samples, 128 is neutral
 * @param cr red-difference samples, 128 is neutral
 */
public record Frame(int index, double seconds, int width, int height, byte[] luma, byte[] cb, byte[] cr) {
    /** Checks that the planes have the sizes that width and height ask for. */
    public Frame {
        if (width < 1 || height < 1) {
            throw new MoviolaException("a frame must be at least 1x1, but was " + width + "x" + height);
        }
        int chroma = ((width + 1) / 2) * ((height + 1) / 2);
        if (luma.length != width * height || cb.length != chroma || cr.length != chroma) {
            throw new MoviolaException("planes of a " + width + "x" + height + " frame must hold " + width * height
                    + " and 2 x " + chroma + " samples, but held " + luma.length + ", " + cb.length + " and "
                    + cr.length);
        }
    }

    /** A frame without colour: both chroma planes neutral. */
    public static Frame gray(int index, double seconds, int width, int height, byte[] luma) {
        byte[] neutral = new byte[((width + 1) / 2) * ((height + 1) / 2)];
        Arrays.fill(neutral, (byte) 128);
        return new Frame(index, seconds, width, height, luma, neutral, neutral);
    }

    /** The luma sample at column {@code x}, row {@code y}, 0..255. */
    public int lumaAt(int x, int y) {
        return luma[y * width + x] & 0xff;
    }
}
