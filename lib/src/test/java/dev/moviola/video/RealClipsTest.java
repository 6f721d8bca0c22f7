package dev.moviola.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.defect.FfmpegTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Films and recordings of others, sample by sample and time by time as the ffmpeg program reads them. */
class RealClipsTest {
    private static final int FRAMES = 40;
    private static final Pattern TIME = Pattern.compile("pts_time:\\s*(-?[0-9.e+-]+)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cockatoo.mp4",
                "realshort.mp4",
                "balle1-vp9.avi",
                "balle-jbart.mp4",
                "Force_constante.avi",
                "Principe_inertie.avi",
                "motion.mov",
                "Megamind.avi",
                "vtest.avi",
                "tree.avi"
            })
    void everySampleAndTimeIsTheOneThatTheProgramReads(String name) throws Exception {
        sameAsTheProgram(FfmpegTool.clip(name));
    }

    @ParameterizedTest
    @CsvSource({
        "mpeg4, yuv420p, avi",
        "libvpx-vp9, yuv420p, webm",
        "libopenh264, yuv420p, mp4",
        "ffv1, yuv444p, mkv",
        "prores_ks, yuv422p10le, mov",
        "mjpeg, yuvj420p, mov",
        "huffyuv, yuv422p, avi"
    })
    void whatOtherProgramsWriteIsReadAlike(String codec, String pixels, String container) throws Exception {
        Path file = folder.resolve("clip." + container);
        encode(file, codec, pixels, "null");
        sameAsTheProgram(file);
    }

    @Test
    void framesThatDoNotComeAtEqualDistancesKeepTheirTimes() throws Exception {
        Path file = folder.resolve("uneven.mp4");
        encode(file, "libopenh264", "yuv420p", "setpts='if(lt(N,6),N,6+(N-6)*3+mod(N,2))/24/TB'");

        List<Double> read = times(file);

        assertThat(steps(read))
                .as("two paces in one clip")
                .anyMatch(step -> step < 0.05)
                .anyMatch(step -> step > 0.1);
        sameAsTheProgram(file);
    }

    private static void sameAsTheProgram(Path file) throws IOException, InterruptedException {
        List<Double> wantedTimes = shownTimes(file);
        double first = wantedTimes.get(0);
        int count = 0;
        try (Frames frames = Frames.open(file, DecodeLimits.standard())) {
            VideoInfo info = frames.info();
            List<Frame> wanted = FfmpegTool.frames(file, info.width(), info.height(), FRAMES, 0);
            assertThat(wanted).as("frames of the program").isNotEmpty();
            while (count < FRAMES && frames.hasNext()) {
                Frame frame = frames.next();
                Frame other = wanted.get(count);
                boolean copied = info.pixelFormat().matches("yuvj?420p");
                assertPlane(file, count, "luma", frame.luma(), other.luma(), copied);
                assertPlane(file, count, "cb", frame.cb(), other.cb(), copied);
                assertPlane(file, count, "cr", frame.cr(), other.cr(), copied);
                assertThat(frame.seconds())
                        .as("time of frame " + count + " of " + file.getFileName())
                        .isCloseTo(wantedTimes.get(count) - first, org.assertj.core.api.Assertions.within(1e-3));
                count++;
            }
            assertThat(count).as("frames of " + file.getFileName()).isEqualTo(wanted.size());
        }
    }

    private static void assertPlane(Path file, int frame, String plane, byte[] is, byte[] wanted, boolean exactly) {
        int worst = 0;
        long sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            int off = Math.abs((is[i] & 0xff) - (wanted[i] & 0xff));
            worst = Math.max(worst, off);
            sum += off;
        }
        String where = plane + " of frame " + frame + " of " + file.getFileName();
        assertThat(is).as(where).hasSameSizeAs(wanted);
        if (exactly) {
            assertThat(worst).as("worst sample, " + where).isZero();
        } else {
            // programs differ in how they thin out colour and round to 8 bits
            assertThat((double) sum / wanted.length).as("mean of " + where).isLessThan(0.5);
        }
    }

    private static List<Double> times(Path file) {
        List<Double> times = new ArrayList<>();
        try (Frames frames = Frames.open(file)) {
            frames.forEachRemaining(frame -> times.add(frame.seconds()));
        }
        return times;
    }

    private static List<Double> steps(List<Double> times) {
        List<Double> steps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            steps.add(times.get(i) - times.get(i - 1));
        }
        return steps;
    }

    private static List<Double> shownTimes(Path file) throws IOException, InterruptedException {
        String log = FfmpegTool.run(List.of(
                "-nostdin",
                "-copyts",
                "-i",
                file.toString(),
                "-vf",
                "showinfo",
                "-fps_mode",
                "passthrough",
                "-frames:v",
                "" + FRAMES,
                "-f",
                "null",
                "-"));
        List<Double> times = new ArrayList<>();
        Matcher matcher = TIME.matcher(log);
        while (matcher.find()) {
            times.add(Double.parseDouble(matcher.group(1)));
        }
        assertThat(times).as("times that the program shows").isNotEmpty();
        return times;
    }

    private static void encode(Path file, String codec, String pixels, String filter)
            throws IOException, InterruptedException {
        FfmpegTool.run(List.of(
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=24:duration=0.75",
                "-vf",
                filter + ",format=" + pixels,
                "-fps_mode",
                "passthrough",
                "-c:v",
                codec,
                "-strict",
                "-2",
                file.toString()));
    }
}
