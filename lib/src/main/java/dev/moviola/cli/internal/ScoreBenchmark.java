package dev.moviola.cli.internal;

import dev.moviola.cli.BenchResult;
import dev.moviola.cli.Benchmark;
import dev.moviola.cli.Console;
import dev.moviola.defect.internal.ScoreBench;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Frames a second of decoding and scoring clips of 480p and 720p, beside ffmpeg's psnr and ssim on the same clips.
 *
 * @param seconds the length of each clip
 */
public record ScoreBenchmark(double seconds) implements Benchmark {
    private static final double FPS = 24;
    private static final String PROMPT = "samurai vs T-rex, sandstorm";

    @Override
    public List<BenchResult> run(Console console) throws IOException {
        Path folder = Files.createTempDirectory("moviola-bench");
        try {
            console.progress("rendering two clips");
            Path small = folder.resolve("480p.mp4");
            Path large = folder.resolve("720p.mp4");
            RehearsalRenderer.render(new Take(PROMPT, 1, seconds, 854, 480, FPS), small);
            RehearsalRenderer.render(new Take(PROMPT, 1, seconds, 1280, 720, FPS), large);
            console.progress("scoring them, and the same with ffmpeg");
            return ScoreBench.run(
                            List.of(small, large),
                            Math.min(2, Runtime.getRuntime().availableProcessors()))
                    .stream()
                    .map(row -> new BenchResult(
                            row.what(), row.value(), row.unit(), row.peer(), row.peerValue(), row.ratio()))
                    .toList();
        } finally {
            Folders.remove(folder);
        }
    }
}
