package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.video.Frame;
import dev.moviola.video.Frames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What spoils the whole frame all the time must not pass as usual because there is nothing sound to compare it with. */
class DefectsEverywhereTest {
    private static final int LENGTH = 60;

    @ParameterizedTest
    @ValueSource(strings = {"balle-jbart.mp4", "motion.mov", "Megamind.avi"})
    void noiseThatIsDrawnAnewInEveryFrameBoils(String name) throws Exception {
        List<Frame> clean = frames(FfmpegTool.clip(name));
        List<Frame> noisy = new ArrayList<>();
        for (Frame frame : clean) {
            int across = frame.width() / 4 + 1;
            int[] noise = new Random(frame.index())
                    .ints((long) across * (frame.height() / 4 + 1), -40, 41)
                    .toArray();
            noisy.add(changed(frame, (x, y) -> frame.lumaAt(x, y) + noise[y / 4 * across + x / 4]));
        }

        DefectReport report = score(noisy);

        assertThat(report.metrics().get("boil")).isGreaterThan(0.8);
        assertThat(report.metrics().get("overall")).isLessThan(60);
        assertThat(score(clean).metrics().get("boil")).isLessThan(0.3);
    }

    @Test
    void nothingButNoiseIsNoCleanClip() throws Exception {
        Frame like = frames(FfmpegTool.clip("balle-jbart.mp4")).get(0);
        List<Frame> noise = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            Random random = new Random(i);
            Frame frame = new Frame(i, i / 24.0, like.width(), like.height(), like.luma(), like.cb(), like.cr());
            noise.add(changed(frame, (x, y) -> 128 + (int) (40 * random.nextGaussian())));
        }

        assertThat(score(noise).metrics().get("overall")).isLessThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"balle-jbart.mp4", "Megamind.avi"})
    void aWholeFrameThatWobblesIsWarped(String name) throws Exception {
        List<Frame> clean = frames(FfmpegTool.clip(name));
        List<Frame> wobbling = new ArrayList<>();
        for (Frame frame : clean) {
            double reach = 0.016 * frame.height();
            double wave = frame.height() / 24.0;
            wobbling.add(changed(frame, (x, y) -> {
                double moved = x + reach * Math.sin(y / wave + 1.3 * frame.index());
                return frame.lumaAt((int) Math.max(0, Math.min(frame.width() - 1, moved)), y);
            }));
        }

        DefectReport report = score(wobbling);

        assertThat(report.metrics().get("warp")).isGreaterThan(0.6);
        assertThat(report.metrics().get("overall")).isLessThan(75);
        assertThat(score(clean).metrics().get("warp")).isLessThan(0.3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void aStrobeIsFlickerAndNotALineOfCuts(int period) throws Exception {
        List<Frame> strobe = new ArrayList<>();
        for (Frame frame : frames(FfmpegTool.clip("motion.mov"))) {
            strobe.add(changed(frame, (x, y) -> frame.index() % period == 0 ? 16 : frame.lumaAt(x, y)));
        }

        DefectReport report = score(strobe);

        assertThat(report.metrics().get("flicker")).isGreaterThan(0.8);
        assertThat(report.metrics().get("overall")).isLessThan(60);
    }

    @Test
    void aFewCutsAndALoneFlashAreNoFlicker() throws Exception {
        List<Frame> first = frames(FfmpegTool.clip("balle-jbart.mp4"));
        List<Frame> edited = new ArrayList<>();
        for (Frame frame : first) {
            int t = frame.index();
            edited.add(changed(
                    frame,
                    (x, y) -> t == 20 || t == 21
                            ? 235
                            : t >= 40 ? frame.lumaAt(frame.width() - 1 - x, y) : frame.lumaAt(x, y)));
        }

        assertThat(score(edited).metrics().get("flicker")).isLessThan(0.3);
    }

    private static DefectReport score(List<Frame> frames) {
        return Scorer.standard().score(frames.iterator());
    }

    private static List<Frame> frames(Path clip) {
        List<Frame> list = new ArrayList<>();
        try (Frames frames = Frames.open(clip)) {
            while (list.size() < LENGTH && frames.hasNext()) {
                list.add(frames.next());
            }
        }
        return list;
    }

    private static Frame changed(Frame frame, IntBinaryOperator sample) {
        byte[] luma = new byte[frame.luma().length];
        for (int i = 0; i < luma.length; i++) {
            int value = sample.applyAsInt(i % frame.width(), i / frame.width());
            luma[i] = (byte) Math.max(16, Math.min(235, value));
        }
        return new Frame(frame.index(), frame.seconds(), frame.width(), frame.height(), luma, frame.cb(), frame.cr());
    }
}
