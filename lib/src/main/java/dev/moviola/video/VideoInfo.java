package dev.moviola.video;

/**
 * What the header of a video file says about its best video stream.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param frames number of frames, -1 if unknown
 * @param seconds length in seconds, 0 if unknown
 * @param fps mean frame rate, 0 if unknown
 * @param codec short name of the codec, such as {@code h264}; {@code raw} for frames without a file
 * @param pixelFormat name of the stored pixel format, such as {@code yuv420p}
 * @param bytes size of the file, 0 for frames without a file
 * @param fullRange whether decoded luma spans 0..255; otherwise 16..235
 * @param bt709 whether colours follow BT.709; otherwise BT.601. Where the file is silent, pictures with 720 rows or
 *     more count as BT.709
 */
public record VideoInfo(
        int width,
        int height,
        int frames,
        double seconds,
        double fps,
        String codec,
        String pixelFormat,
        long bytes,
        boolean fullRange,
        boolean bt709) {
    /** A description with the colours that most files have: limited range, matrix by size. */
    public VideoInfo(
            int width,
            int height,
            int frames,
            double seconds,
            double fps,
            String codec,
            String pixelFormat,
            long bytes) {
        this(width, height, frames, seconds, fps, codec, pixelFormat, bytes, false, height >= 720);
    }
}
