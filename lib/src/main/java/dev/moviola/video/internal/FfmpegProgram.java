package dev.moviola.video.internal;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;

/** The ffmpeg program that comes with the decoder's libraries, for benchmarks that compare with it. */
public final class FfmpegProgram {
    private FfmpegProgram() {}

    /**
     * Runs it with these arguments and drops what it prints.
     *
     * @throws MoviolaException when it fails or takes longer than {@code deadline}
     */
    public static void run(List<String> arguments, Duration deadline) {
        String program = Loader.load(ffmpeg.class);
        List<String> command = new ArrayList<>(List.of(program, "-v", "error", "-nostdin", "-y"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        // its libraries lie beside it
        builder.environment()
                .put("LD_LIBRARY_PATH", String.valueOf(Path.of(program).getParent()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new MoviolaException(
                        "ffmpeg must end within " + deadline.toSeconds() + " s, but ran on: " + arguments);
            }
            if (process.exitValue() != 0) {
                throw new MoviolaException("ffmpeg ended with exit code " + process.exitValue() + ": " + arguments);
            }
        } catch (IOException e) {
            throw new MoviolaException("cannot start the ffmpeg program: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MoviolaException("interrupted while ffmpeg was running", e);
        }
    }
}
