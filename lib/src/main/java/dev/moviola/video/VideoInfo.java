package dev.moviola.video;

/**
 * What the header of a video file says about its first video stream.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param frames number of frames, -1 if unknown
 * @param seconds length in seconds, 0 if unknown
 * @param fps mean frame rate, 0 if unknown
 * @param codec short name of the codec, such as {@code h264}; {@code raw} for frames without a file
 * @param pixelFormat name of the pixel format, such as {@code yuv420p}
 * @param bytes size of the file, 0 for frames without a file
 */
public record VideoInfo(
        int width, int height, int frames, double seconds, double fps, String codec, String pixelFormat, long bytes) {}
