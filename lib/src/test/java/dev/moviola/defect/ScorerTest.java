package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import dev.moviola.video.ClipWriter;
import dev.moviola.video.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScorerTest {
    private static final Scorer SCORER = Scorer.standard();

    private static List<Frame> moving(long seed, int count) {
        return new SyntheticClip(320, 240, seed, 1.5)
                .frames(count, 24, List.of(t -> new double[] {60 + 4.0 * t, 120 + 1.0 * t}));
    }

    private static List<Frame> renumbered(List<Frame> frames) {
        List<Frame> out = new ArrayList<>();
        for (int t = 0; t < frames.size(); t++) {
            Frame f = frames.get(t);
            out.add(new Frame(t, t / 24.0, f.width(), f.height(), f.luma(), f.cb(), f.cr()));
        }
        return out;
    }

    @Test
    void cleanMotionHasHardlyAnyDefect() {
        DefectReport report = SCORER.score(moving(3, 40).iterator());
        for (Defect defect : Defect.values()) {
            assertThat(report.score(defect)).as(defect.id()).isLessThan(0.4);
        }
        assertThat(report.overall()).isGreaterThan(75);
        assertThat(report.cuts()).isEmpty();
        assertThat(report.cadence().natural()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 12, 20, 28, 36})
    void somethingThatTurnsFastForAWhileIsNoDefect(int degrees) {
        List<Frame> frames = new SyntheticClip(320, 180, 17, 1.5).frames(36, 40, List.of(t -> {
            double turned = Math.toRadians(degrees) * Math.max(0, Math.min(14, t - 9));
            return new double[] {110 + 2.5 * t, 90 + 6 * Math.sin(t / 6.0), turned};
        }));

        DefectReport report = SCORER.score(frames.iterator());

        assertThat(report.overall()).as("%s", report.metrics()).isGreaterThan(90);
    }

    @Test
    void aReportSpeaksOnlyOfMetricsInTheCatalogueAndItsTimelinesHaveOneValueAFrame() {
        DefectReport report = SCORER.score(moving(4, 30).iterator());
        List<String> known = Metrics.all().stream().map(Metric::id).toList();
        assertThat(known).doesNotHaveDuplicates();
        assertThat(known).containsAll(report.metrics().keySet());
        assertThat(report.timelines())
                .containsOnlyKeys("warp", "melt", "morph", "vanish", "flicker", "freeze", "boil", "jerk", "motion");
        report.timelines().values().forEach(line -> assertThat(line).hasSize(30));
        for (Defect defect : Defect.values()) {
            assertThat(java.util.Arrays.stream(report.timelines().get(defect.id())))
                    .as(defect.id())
                    .allMatch(value -> value >= 0 && value <= 1);
        }
    }

    @Test
    void aCutIsNoDefect() {
        List<Frame> frames = new ArrayList<>(moving(5, 24));
        frames.addAll(moving(6, 24));
        DefectReport report = SCORER.score(renumbered(frames).iterator());
        assertThat(report.cuts()).containsExactly(1.0);
        assertThat(report.overall()).isGreaterThan(70);
    }

    @Test
    void aRegularPatternOfRepeatedFramesIsCadenceAndNoFreeze() {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame : moving(7, 32)) {
            frames.add(frame);
            if (frame.index() % 4 == 3) {
                frames.add(frame);
            }
        }
        DefectReport report = SCORER.score(renumbered(frames).iterator());
        assertThat(report.cadence().natural()).isTrue();
        assertThat(report.cadence().period()).isEqualTo(5);
        assertThat(report.cadence().repeatedShare()).isBetween(0.15, 0.25);
        assertThat(report.score(Defect.FREEZE)).isZero();
        assertThat(report.score(Defect.JERK)).isLessThan(0.5);
    }

    @Test
    void aHeldFrameIsAFreezeAtItsPlace() {
        List<Frame> frames = new ArrayList<>(moving(8, 40));
        for (int t = 16; t < 26; t++) {
            frames.set(t, frames.get(15));
        }
        DefectReport report = SCORER.score(renumbered(frames).iterator());
        assertThat(report.score(Defect.FREEZE)).isGreaterThan(0.8);
        assertThat(report.timelines().get("freeze")[20]).isGreaterThan(0.8);
        assertThat(report.timelines().get("freeze")[5]).isZero();
        assertThat(report.cadence().natural()).isFalse();
        assertThat(report.metric("freeze_run")).isBetween(0.4, 0.5);
    }

    @Test
    void aFreezeThatLastsToTheEndIsFoundHoweverLongItIs() {
        for (int held : new int[] {8, 20, 40}) {
            List<Frame> frames = new ArrayList<>(moving(12, 30 + held));
            for (int t = 30; t < frames.size(); t++) {
                frames.set(t, frames.get(29));
            }
            DefectReport report = SCORER.score(renumbered(frames).iterator());
            assertThat(report.score(Defect.FREEZE)).as("%d frames", held).isGreaterThan(0.8);
            assertThat(report.timelines().get("freeze")[frames.size() - 1]).isGreaterThan(0.8);
            assertThat(report.overall()).as("%d frames", held).isLessThan(70);
        }
    }

    @Test
    void aFreezeIsFoundAcrossTheKeyFramesOfACompressedClip(@TempDir Path folder) {
        List<Frame> frames = new ArrayList<>();
        RehearsalRenderer.frames(new Take("a quiet meadow", 3, 3, 480, 272, 24), List.of(), frames::add);
        Path clip = folder.resolve("frozen.mp4");
        try (ClipWriter writer = ClipWriter.open(clip, 480, 272, 24)) {
            for (int t = 0; t < frames.size(); t++) {
                writer.write(frames.get(Math.min(t, frames.size() / 2)));
            }
        }

        DefectReport report = SCORER.score(clip);

        assertThat(report.score(Defect.FREEZE)).isGreaterThan(0.8);
        assertThat(report.overall()).isLessThan(70);
    }

    @Test
    void alternatingBrightnessIsFlicker() {
        List<Frame> flickering = Injector.inject(Defect.FLICKER, moving(9, 40), 1);
        assertThat(SCORER.score(flickering.iterator()).score(Defect.FLICKER)).isGreaterThan(0.8);
    }

    @Test
    void theMapOfADefectIsHighestWhereItIs() {
        List<Frame> frames = new ArrayList<>(moving(10, 40));
        for (int t = 20; t < 40; t++) {
            Frame f = frames.get(t);
            byte[] luma = f.luma().clone();
            for (int y = 150; y < 210; y++) {
                for (int x = 220; x < 280; x++) {
                    luma[y * 320 + x] = (byte) (60 + (x * 7 + y * 3) % 50);
                }
            }
            frames.set(t, new Frame(t, f.seconds(), 320, 240, luma, f.cb(), f.cr()));
        }
        DefectMaps maps = SCORER.maps(frames.iterator());
        float[][][] map = maps.of(Defect.VANISH);
        assertThat(map).hasDimensions(40, maps.cellsDown());
        float most = 0;
        int[] at = new int[3];
        for (int t = 0; t < 40; t++) {
            for (int y = 0; y < maps.cellsDown(); y++) {
                for (int x = 0; x < maps.cellsAcross(); x++) {
                    if (map[t][y][x] > most) {
                        most = map[t][y][x];
                        at = new int[] {t, y, x};
                    }
                }
            }
        }
        assertThat(most).isGreaterThan(0.5f);
        assertThat(at[0]).isBetween(18, 21);
        assertThat((at[1] + 0.5) * 240 / maps.cellsDown()).isBetween(140.0, 220.0);
        assertThat((at[2] + 0.5) * 320 / maps.cellsAcross()).isBetween(210.0, 290.0);
    }

    @Test
    void theSameFramesGiveTheSameBitsInEveryThread() throws Exception {
        List<Frame> frames = Injector.inject(Defect.WARP, moving(11, 30), 3);
        String alone = SCORER.score(frames.iterator()).toJson();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> both = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                both.add(pool.submit(() -> SCORER.score(frames.iterator()).toJson()));
            }
            for (Future<String> each : both) {
                assertThat(each.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void tinyAndShortClipsAreScoredToo() {
        for (int[] size : new int[][] {{1, 1}, {16, 9}, {3, 200}, {64, 64}, {1000, 20}}) {
            for (int count : new int[] {1, 2, 7, 20}) {
                List<Frame> frames = new ArrayList<>();
                for (int t = 0; t < count; t++) {
                    byte[] luma = new byte[size[0] * size[1]];
                    for (int i = 0; i < luma.length; i++) {
                        luma[i] = (byte) (i * 31 + t * 17);
                    }
                    frames.add(Frame.gray(t, t / 24.0, size[0], size[1], luma));
                }
                DefectReport report = SCORER.score(frames.iterator());
                assertThat(report.overall()).as("%d frames of %s", count, size).isBetween(0.0, 100.0);
            }
        }
    }

    @Test
    void flatFramesGiveNoDefectAndNoNaN() {
        List<Frame> frames = new ArrayList<>();
        for (int t = 0; t < 30; t++) {
            frames.add(Frame.gray(t, t / 24.0, 320, 240, new byte[320 * 240]));
        }
        assertThat(SCORER.score(frames.iterator()).overall()).isEqualTo(100);
    }

    @Test
    void noFramesAndChangingSizesAreRefused() {
        assertThatThrownBy(() -> SCORER.score(List.<Frame>of().iterator()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("at least one frame");
        List<Frame> mixed =
                List.of(Frame.gray(0, 0, 64, 64, new byte[64 * 64]), Frame.gray(1, 0.04, 32, 32, new byte[32 * 32]));
        assertThatThrownBy(() -> SCORER.score(mixed.iterator()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("frame 1 is 32x32");
    }
}
