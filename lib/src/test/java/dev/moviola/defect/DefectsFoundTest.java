package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.video.Frame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class DefectsFoundTest {
    private static final Map<Defect, Double> LEAST = new EnumMap<>(Map.of(
            Defect.WARP, 0.7,
            Defect.MELT, 0.7,
            Defect.MORPH, 0.85,
            Defect.VANISH, 0.85,
            Defect.FLICKER, 0.85,
            Defect.FREEZE, 0.85,
            Defect.BOIL, 0.7,
            Defect.JERK, 0.85));
    private static final int CLIPS = 5;

    private static List<Frame> clean(int seed) {
        return new SyntheticClip(240, 160, seed, 0.5 + 0.4 * seed)
                .frames(36, 16, List.of(t -> new double[] {40 + 3.0 * t, 50 + 8.0 * seed + 0.5 * t}));
    }

    /** Share of pairs in which the damaged clip has the higher score. */
    private static double auc(List<Double> damaged, List<Double> clean) {
        double won = 0;
        for (double d : damaged) {
            for (double c : clean) {
                won += d > c ? 1 : d == c ? 0.5 : 0;
            }
        }
        return won / (damaged.size() * clean.size());
    }

    @Test
    void eachKindOfInjectedDefectRaisesItsScoreAboveThatOfCleanClips() {
        Scorer scorer = Scorer.standard();
        List<DefectReport> clean = new ArrayList<>();
        Map<Defect, List<Double>> damaged = new EnumMap<>(Defect.class);
        for (int seed = 1; seed <= CLIPS; seed++) {
            List<Frame> frames = clean(seed);
            clean.add(scorer.score(frames.iterator()));
            for (Defect defect : Defect.values()) {
                List<Frame> hurt = Injector.inject(defect, frames, 100L * seed + defect.ordinal());
                damaged.computeIfAbsent(defect, key -> new ArrayList<>())
                        .add(scorer.score(hurt.iterator()).score(defect));
            }
        }
        StringBuilder table = new StringBuilder("AUC of injected defects against clean clips\n");
        SoftAssertions all = new SoftAssertions();
        for (Defect defect : Defect.values()) {
            List<Double> scores =
                    clean.stream().map(report -> report.score(defect)).toList();
            double auc = auc(damaged.getOrDefault(defect, List.of()), scores);
            table.append(String.format(Locale.ROOT, "  %-8s %.3f%n", defect.id(), auc));
            all.assertThat(auc).as(defect.id()).isGreaterThanOrEqualTo(LEAST.get(defect));
        }
        System.out.print(table);
        all.assertAll();
    }

    @Test
    void realCleanClipsScoreWell() throws Exception {
        List<Double> quality = new ArrayList<>();
        for (String name : List.of("Megamind.avi", "realshort.mp4", "tree.avi")) {
            Path clip = FfmpegTool.clip(name);
            List<Frame> frames = FfmpegTool.frames(clip, 320, 240, 36, 0);
            quality.add(Scorer.standard().score(frames.iterator()).overall());
        }
        quality.sort(null);
        assertThat(quality.get(1)).as("median of %s", quality).isGreaterThan(60);
    }
}
