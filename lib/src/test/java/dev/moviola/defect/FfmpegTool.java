package dev.moviola.defect;

import dev.moviola.video.Frame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Assumptions;

/** The ffmpeg program that comes with the decoder, as an independent opinion. */
public final class FfmpegTool {
    private FfmpegTool() {}

    /** Runs it and gives its output, both streams together. */
    public static String run(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(arguments, true);
        process.getOutputStream().close();
        String output;
        try (InputStream in = process.getInputStream()) {
            output = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) {
            throw new IOException("ffmpeg " + arguments + " failed: " + output);
        }
        return output;
    }

    /** Decodes with the program to frames of this size. */
    public static List<Frame> frames(Path file, int width, int height, int most, double start)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-v", "quiet"));
        // a seek to the start, needless as it is, may drop the first frames of some containers
        if (start > 0) {
            arguments.addAll(List.of("-ss", "" + start));
        }
        arguments.addAll(List.of(
                "-i",
                file.toString(),
                "-vf",
                "scale=" + width + ":" + height,
                "-fps_mode",
                "passthrough",
                "-frames:v",
                "" + most,
                "-pix_fmt",
                "yuv420p",
                "-f",
                "rawvideo",
                "-"));
        Process process = start(arguments, false);
        List<Frame> frames = new ArrayList<>();
        int chroma = (width / 2) * (height / 2);
        try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 20)) {
            while (true) {
                byte[] y = in.readNBytes(width * height);
                if (y.length < width * height) {
                    break;
                }
                int i = frames.size();
                frames.add(new Frame(i, i / 24.0, width, height, y, in.readNBytes(chroma), in.readNBytes(chroma)));
            }
        }
        process.waitFor();
        return frames;
    }

    /** Writes raw planar frames, which the program reads with {@code -f rawvideo}. */
    public static void writeRaw(List<Frame> frames, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            write(frames, out);
        }
    }

    /** Encodes as H.264 and decodes again, so that clean and damaged clips went through the same mill. */
    public static List<Frame> throughCodec(List<Frame> frames, Path mp4, String bitRate)
            throws IOException, InterruptedException {
        Frame first = frames.get(0);
        Process process = start(
                List.of(
                        "-v",
                        "quiet",
                        "-y",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "yuv420p",
                        "-s",
                        first.width() + "x" + first.height(),
                        "-r",
                        "24",
                        "-i",
                        "-",
                        "-c:v",
                        "libopenh264",
                        "-b:v",
                        bitRate,
                        mp4.toString()),
                true);
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream(), 1 << 20)) {
            write(frames, out);
        }
        process.waitFor();
        return frames(mp4, first.width(), first.height(), frames.size(), 0);
    }

    /**
     * A clip of the test set by its file name. Where it was not fetched the test is aborted and says so; where CI is
     * true it fails, because there the clips can be fetched.
     */
    public static Path clip(String name) throws IOException {
        Path folder = clips();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                Optional<Path> found = files.filter(
                                file -> String.valueOf(file.getFileName()).equals(name))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        String why = "NOT TESTED on " + name + ", which is not in " + folder + "; run .ci/clips.sh";
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(why);
        }
        return Assumptions.abort(why);
    }

    private static Path clips() {
        String own = System.getenv("MOVIOLA_TEST_CLIPS");
        if (own != null) {
            return Path.of(own);
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path base = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return base.resolve("moviola/test-clips");
    }

    private static void write(List<Frame> frames, OutputStream out) throws IOException {
        for (Frame frame : frames) {
            out.write(frame.luma());
            out.write(frame.cb());
            out.write(frame.cr());
        }
    }

    private static Process start(List<String> arguments, boolean merge) throws IOException {
        String program = Loader.load(ffmpeg.class);
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(merge);
        if (!merge) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        // its libraries lie beside it
        builder.environment()
                .put("LD_LIBRARY_PATH", String.valueOf(Path.of(program).getParent()));
        return builder.start();
    }
}
