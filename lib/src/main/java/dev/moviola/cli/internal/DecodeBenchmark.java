package dev.moviola.cli.internal;

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import dev.moviola.video.Frames;
import dev.moviola.video.internal.FfmpegProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames a second of decoding alone, on one thread, beside the ffmpeg program decoding the same clip to raw frames that
 * it throws away. The program's time includes its start, as ours includes opening the file; medians of several rounds.
 *
 * @param seconds the length of the clips
 */
public record DecodeBenchmark(double seconds) implements Benchmark {
    private static final double FPS = 24;
    private static final int ROUNDS = 7;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Override
    public List<BenchResult> run(Console console) throws IOException {
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            List<BenchResult> results = new ArrayList<>();
            for (int height : new int[] {480, 720}) {
                console.progress("rendering a clip of " + height + " lines");
                Path clip = folder.resolve(height + "p.mp4");
                int width = height == 480 ? 854 : 1280;
                RehearsalRenderer.render(new Take("samurai vs T-rex, sandstorm", 1, seconds, width, height, FPS), clip);
                console.progress("decoding it, and the same with ffmpeg");
                results.add(measure(clip, height));
            }
            return results;
        } finally {
            Folders.remove(folder);
        }
    }

    private static BenchResult measure(Path clip, int height) {
        int frames = decode(clip);
        double[] ours = new double[ROUNDS];
        double[] theirs = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            decode(clip);
            long between = System.nanoTime();
            FfmpegProgram.run(
                    List.of("-threads", "1", "-i", clip.toString(), "-map", "0:v", "-f", "rawvideo", "/dev/null"),
                    DEADLINE);
            ours[round] = frames * 1e9 / (between - start);
            theirs[round] = frames * 1e9 / (System.nanoTime() - between);
        }
        double value = median(ours);
        double peer = median(theirs);
        return new BenchResult(
                "decode " + height + "p, one thread", value, "frames/s", "ffmpeg -threads 1", peer, value / peer);
    }

    private static int decode(Path clip) {
        int count = 0;
        try (Frames frames = Frames.open(clip)) {
            while (frames.hasNext()) {
                frames.next();
                count++;
            }
        }
        return count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
