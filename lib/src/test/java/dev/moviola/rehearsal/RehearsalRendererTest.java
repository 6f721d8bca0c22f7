package dev.moviola.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.rehearsal.Injection.Kind;
import dev.moviola.rehearsal.internal.render.Words;
import dev.moviola.video.Frame;
import dev.moviola.video.Probe;
import dev.moviola.video.VideoInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalRendererTest {
    private static final Take SMALL = new Take("samurai vs T-rex", 7, 1, 214, 120, 24);

    @TempDir
    Path folder;

    @Test
    void aTakeBecomesAClipWithItsTruthBesideIt() throws Exception {
        Path clip = folder.resolve("take.mp4");
        Truth truth = RehearsalRenderer.render(new Take("melt, texture bleeding", 3, 1, 214, 120, 24), clip);

        VideoInfo info = Probe.of(clip);
        assertThat(info.frames()).isEqualTo(24);
        assertThat(info.width()).isEqualTo(214);
        assertThat(Truth.fromJson(Files.readString(folder.resolve("take.truth.json"))))
                .isEqualTo(truth);
        assertThat(truth.trajectories()).hasSize(2);
    }

    @Test
    void equalTakesGiveEqualSamplesAndOtherSeedsOthers() {
        assertThat(fingerprint(SMALL, List.of())).isEqualTo(fingerprint(SMALL, List.of()));
        assertThat(fingerprint(SMALL, List.of()))
                .isNotEqualTo(fingerprint(new Take(SMALL.prompt(), 8, 1, 214, 120, 24), List.of()));
    }

    /** Runs, samples in the documentation and measured figures rest on these pictures: they do not change. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    samurai vs T-rex                                                  | 427970195
                    samurai vs T-rex, neon rain, chromatic aberration                 | -561266920
                    samurai vs T-rex, sandstorm, gravity inversion                    | 1581732257
                    samurai vs T-rex, snowstorm, dolly in while orbiting, 8K          | -1146672378
                    samurai vs T-rex, zero-G flips, cinematic lighting, emerald sparks | -2092988050
                    """)
    void theScenesAreTheSameOnEveryMachine(String prompt, int fingerprint) {
        assertThat(fingerprint(new Take(prompt, 7, 1, 214, 120, 24), List.of()).hashCode())
                .isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aDefectIsSeenWhileItLastsAndOnlyThen(Kind kind) {
        Injection defect = Injection.of(kind, 0.25, 0.75, 1);
        List<Frame> clean = frames(SMALL, List.of());
        List<Frame> spoilt = frames(SMALL, List.of(defect));
        double most = 0;
        for (int i = 0; i < clean.size(); i++) {
            double seconds = clean.get(i).seconds();
            double difference = difference(clean.get(i), spoilt.get(i));
            if (seconds < 0.25) {
                assertThat(difference).as("frame %d", i).isZero();
            }
            most = Math.max(most, difference);
        }
        assertThat(most).isGreaterThan(0.3);
    }

    @Test
    void modifiersDecideWhichDefectIsLikely() {
        assertThat(Words.chances("a duel").values()).allMatch(chance -> chance < 0.05);
        assertThat(Words.chances("a duel, texture bleeding").get(Kind.MELT)).isGreaterThan(0.5);
        assertThat(Words.chances("a duel, texture bleeding").get(Kind.WARP)).isLessThan(0.05);
        assertThat(Words.chances("a duel, dolly+warp").get(Kind.WARP)).isGreaterThan(0.5);
        assertThat(Words.chances("a duel, gravity inversion").get(Kind.GRAVITY_INVERSION))
                .isGreaterThan(0.5);
    }

    @Test
    void aCleanSpriteFallsWithTheTrueGravity() {
        Take take = new Take("clean", 11, 2, 320, 240, 60);
        Truth truth = RehearsalRenderer.frames(take, List.of(), frame -> {});
        List<Double> y = truth.trajectories().get(0).y();
        List<Double> accelerations = new ArrayList<>();
        for (int i = 1; i + 1 < y.size(); i++) {
            accelerations.add((y.get(i - 1) - 2 * y.get(i) + y.get(i + 1)) * 60 * 60);
        }
        accelerations.sort(null);
        assertThat(accelerations.get(accelerations.size() / 2)).isCloseTo(truth.gravity(), within(1.0));
    }

    @Test
    void theMaskCoversTheRegionOnlyWhileTheDefectShows() {
        Truth truth = RehearsalRenderer.frames(SMALL, List.of(Injection.of(Kind.WARP, 0.2, 0.6, 1)), frame -> {});
        Injection defect = truth.defects().get(0);
        assertThat(truth.cells(defect, 0.1)).doesNotContain(true);
        boolean[] cells = truth.cells(defect, 0.4);
        int covered = 0;
        for (boolean cell : cells) {
            covered += cell ? 1 : 0;
        }
        assertThat(covered).isBetween(10, 120);
    }

    private static List<Frame> frames(Take take, List<Injection> defects) {
        List<Frame> frames = new ArrayList<>();
        RehearsalRenderer.frames(take, defects, frames::add);
        return frames;
    }

    private static List<Integer> fingerprint(Take take, List<Injection> defects) {
        return frames(take, defects).stream()
                .map(f -> Arrays.hashCode(f.luma()) * 31 + Arrays.hashCode(f.cb()) + Arrays.hashCode(f.cr()))
                .toList();
    }

    private static double difference(Frame a, Frame b) {
        double sum = 0;
        for (int i = 0; i < a.luma().length; i++) {
            sum += Math.abs((a.luma()[i] & 0xff) - (b.luma()[i] & 0xff));
        }
        return sum / a.luma().length;
    }
}
