package dev.moviola.defect.internal;

import dev.moviola.MoviolaException;
import dev.moviola.defect.Scorer;
import dev.moviola.video.internal.FfmpegProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Times decoding plus the whole suite on given clips, beside the ffmpeg program at psnr and ssim on the same clips. */
public final class ScoreBench {
    private static final int ROUNDS = 3;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private ScoreBench() {}

    /**
     * One measurement.
     *
     * @param what what was timed
     * @param value how fast it was
     * @param unit unit of both values
     * @param peer what it is compared with
     * @param peerValue how fast that was
     * @param ratio value over peerValue
     */
    public record Row(String what, double value, String unit, String peer, double peerValue, double ratio) {}

    /** Frames a second on each clip, with one thread and with this many at once; the best of three rounds each. */
    public static List<Row> run(List<Path> clips, int threads) {
        List<Row> rows = new ArrayList<>();
        for (Path clip : clips) {
            int frames = length(clip);
            double peer = best(() -> ffmpeg(clip), frames);
            for (int count : threads > 1 ? new int[] {1, threads} : new int[] {1}) {
                double value = best(() -> score(clip, count), (double) frames * count);
                String what = "score " + clip.getFileName() + ", threads " + count;
                rows.add(new Row(what, value, "frames/s", "ffmpeg psnr+ssim, 1 thread", peer, value / peer));
            }
        }
        return rows;
    }

    private static int length(Path clip) {
        double[] line = Scorer.standard().score(clip).timelines().get("motion");
        return line == null ? 0 : line.length;
    }

    private static double best(Runnable work, double frames) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            best = Math.max(best, frames * 1e9 / (System.nanoTime() - start));
        }
        return best;
    }

    private static void score(Path clip, int threads) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> Scorer.standard().score(clip)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("the benchmark was interrupted", e);
        } catch (ExecutionException e) {
            throw new MoviolaException("cannot score " + clip + ": " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void ffmpeg(Path clip) {
        String file = clip.toAbsolutePath().toString();
        FfmpegProgram.run(
                List.of(
                        "-threads",
                        "1",
                        "-i",
                        file,
                        "-threads",
                        "1",
                        "-i",
                        file,
                        "-filter_complex_threads",
                        "1",
                        "-lavfi",
                        "[0:v]split[a][b];[1:v]split[c][d];[a][c]psnr[p];[b][d]ssim[s]",
                        "-map",
                        "[p]",
                        "-f",
                        "null",
                        "-",
                        "-map",
                        "[s]",
                        "-f",
                        "null",
                        "-"),
                DEADLINE);
    }
}
