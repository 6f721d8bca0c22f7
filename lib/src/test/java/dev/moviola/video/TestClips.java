package dev.moviola.video;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small clips whose every sample is known. */
final class TestClips {
    private TestClips() {}

    static Frame pattern(int index, double seconds, int width, int height) {
        byte[] luma = new byte[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                luma[y * width + x] = (byte) (128 + 60 * Math.sin((x + 3 * index) / 9.0) + 40 * Math.cos(y / 7.0));
            }
        }
        byte[] cb = new byte[(width / 2) * (height / 2)];
        byte[] cr = new byte[cb.length];
        for (int i = 0; i < cb.length; i++) {
            cb[i] = (byte) (100 + i % (width / 2) * 40 / width);
            cr[i] = (byte) (140 + 5 * index % 40);
        }
        return new Frame(index, seconds, width, height, luma, cb, cr);
    }

    static List<Frame> write(Path file, int count, int width, int height, double fps) {
        List<Frame> frames = new ArrayList<>();
        try (ClipWriter writer = ClipWriter.open(file, width, height, fps)) {
            for (int i = 0; i < count; i++) {
                Frame frame = pattern(i, i / fps, width, height);
                frames.add(frame);
                writer.write(frame);
            }
        }
        return frames;
    }

    static List<Frame> read(Path file, DecodeLimits limits) {
        List<Frame> read = new ArrayList<>();
        try (Frames frames = Frames.open(file, limits)) {
            frames.forEachRemaining(read::add);
        }
        return read;
    }

    static double psnr(byte[] a, byte[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double d = (a[i] & 0xff) - (b[i] & 0xff);
            sum += d * d;
        }
        return sum == 0 ? 100 : 10 * Math.log10(255 * 255 / (sum / a.length));
    }
}
