package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.video.Frame;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParityWithFfmpegTest {
    @TempDir
    Path folder;

    private void agrees(List<Frame> clip, List<Frame> reference) throws Exception {
        FfmpegTool.writeRaw(clip, folder.resolve("a.yuv"));
        FfmpegTool.writeRaw(reference, folder.resolve("b.yuv"));
        String size = clip.get(0).width() + "x" + clip.get(0).height();
        List<String> inputs = new ArrayList<>();
        for (String name : List.of("a.yuv", "b.yuv")) {
            inputs.addAll(List.of("-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", size, "-r", "25", "-i"));
            inputs.add(folder.resolve(name).toString());
        }
        Path psnr = folder.resolve("psnr.txt");
        Path ssim = folder.resolve("ssim.txt");
        List<String> command = new ArrayList<>(inputs);
        command.addAll(List.of("-lavfi", "[0][1]psnr=stats_file=" + psnr, "-f", "null", "-"));
        String summary = FfmpegTool.run(command);
        command = new ArrayList<>(inputs);
        command.addAll(List.of("-lavfi", "[0][1]ssim=stats_file=" + ssim, "-f", "null", "-"));
        FfmpegTool.run(command);

        Comparison ours = Reference.compare(clip.iterator(), reference.iterator());
        List<String> psnrLines = Files.readAllLines(psnr);
        List<String> ssimLines = Files.readAllLines(ssim);
        assertThat(psnrLines).hasSize(ours.frames());
        assertThat(ssimLines).hasSize(ours.frames());
        for (int i = 0; i < ours.frames(); i++) {
            assertThat(ours.meanSquaredError()[i])
                    .as("mse_y of frame %d", i)
                    .isCloseTo(number("mse_y:", psnrLines.get(i)), within(0.0051));
            assertThat(ours.psnr()[i])
                    .as("psnr_y of frame %d", i)
                    .isCloseTo(number("psnr_y:", psnrLines.get(i)), within(0.0051));
            assertThat(ours.ssimFf()[i])
                    .as("ssim of frame %d", i)
                    .isCloseTo(number("Y:", ssimLines.get(i)), within(2e-6));
        }
        assertThat(ours.psnrPooled()).isCloseTo(number("PSNR y:", summary), within(1e-6));
    }

    @Test
    void randomFramesHaveTheSamePsnrAndSsim() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        List<Frame> a = new ArrayList<>();
        List<Frame> b = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            byte[] p = new byte[150 * 102];
            byte[] q = new byte[p.length];
            for (int i = 0; i < p.length; i++) {
                int base = (int) (128 + 100 * Math.sin(i * 0.013 + t));
                p[i] = (byte) base;
                q[i] = (byte) Math.max(0, Math.min(255, base + random.nextInt(-4 * t - 3, 4 * t + 4)));
            }
            a.add(Frame.gray(t, t / 25.0, 150, 102, p));
            b.add(Frame.gray(t, t / 25.0, 150, 102, q));
        }
        agrees(a, b);
    }

    @Test
    void aRealClipAndItsReencodingHaveTheSamePsnrAndSsim() throws Exception {
        Path clip = FfmpegTool.clip("cockatoo.mp4");
        List<Frame> reference = FfmpegTool.frames(clip, 640, 360, 24, 1);
        agrees(FfmpegTool.throughCodec(reference, folder.resolve("low.mp4"), "300k"), reference);
    }

    @Test
    void frozenStretchesOfARealClipAreThoseOfFreezedetect() throws Exception {
        Path clip = FfmpegTool.clip("Megamind_bugy.avi");
        List<Frame> frames = FfmpegTool.frames(clip, 320, 240, 60, 0);
        List<Frame> held = new ArrayList<>();
        for (int t = 0; t < 60; t++) {
            Frame source = frames.get(t >= 20 && t < 35 ? 20 : t >= 44 && t < 50 ? 44 : t);
            held.add(new Frame(t, t / 25.0, 320, 240, source.luma(), source.cb(), source.cr()));
        }
        FfmpegTool.writeRaw(held, folder.resolve("held.yuv"));
        String log = FfmpegTool.run(List.of(
                "-f",
                "rawvideo",
                "-pix_fmt",
                "yuv420p",
                "-s",
                "320x240",
                "-r",
                "25",
                "-i",
                folder.resolve("held.yuv").toString(),
                "-vf",
                "freezedetect=d=0.12",
                "-f",
                "null",
                "-"));
        dev.moviola.defect.internal.FreezeProbe ours = dev.moviola.defect.internal.FreezeProbe.of(held, 0.12);
        assertThat(ours.starts()).isEqualTo(numbers("freeze_start: ", log)).isNotEmpty();
        assertThat(ours.ends()).isEqualTo(numbers("freeze_end: ", log));
    }

    private static double number(String key, String line) {
        List<Double> all = numbers(key, line);
        assertThat(all).as(key + " in " + line).isNotEmpty();
        return all.get(0);
    }

    private static List<Double> numbers(String key, String text) {
        Matcher matcher = Pattern.compile("(?<![a-z_])" + Pattern.quote(key) + "([0-9.]+|inf)")
                .matcher(text);
        List<Double> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.group(1).equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(matcher.group(1)));
        }
        return found;
    }
}
