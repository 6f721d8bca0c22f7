package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.video.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real footage from Debian's packages: clean, damaged on purpose, joined by cuts, and long. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealClipsScoreTest {
    /** Other stretches of the clips than those that the constants were set on. */
    private static final int SKIPPED = 50;

    private static final int LENGTH = 40;
    private static final Map<Defect, Double> LEAST = new EnumMap<>(Map.of(
            Defect.MORPH, 0.75,
            Defect.VANISH, 0.85,
            Defect.FLICKER, 0.9,
            Defect.FREEZE, 0.85,
            Defect.JERK, 0.85));

    private final List<List<Frame>> pieces = new ArrayList<>();
    private final List<DefectReport> clean = new ArrayList<>();

    @BeforeAll
    void decode() throws Exception {
        for (String name : List.of("Megamind.avi", "vtest.avi", "motion.mov", "balle-jbart.mp4", "balle1-vp9.avi")) {
            List<Frame> frames = FfmpegTool.frames(FfmpegTool.clip(name), 320, 240, SKIPPED + LENGTH, 0);
            pieces.add(renumbered(frames.subList(SKIPPED, SKIPPED + LENGTH)));
        }
        for (List<Frame> piece : pieces) {
            clean.add(Scorer.standard().score(piece.iterator()));
        }
    }

    private static List<Frame> renumbered(List<Frame> frames) {
        List<Frame> out = new ArrayList<>();
        for (Frame f : frames) {
            out.add(new Frame(out.size(), out.size() / 24.0, f.width(), f.height(), f.luma(), f.cb(), f.cr()));
        }
        return out;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void cleanFootageScoresWell() {
        List<Double> quality = clean.stream().map(DefectReport::overall).toList();
        assertThat(median(quality)).as("%s", quality).isGreaterThanOrEqualTo(80);
    }

    @Test
    void whatIsPutIntoRealFootageIsFound() {
        StringBuilder table = new StringBuilder("AUC of defects in real footage against clean footage\n");
        LEAST.forEach((defect, least) -> {
            double won = 0;
            for (int i = 0; i < pieces.size(); i++) {
                List<Frame> hurt = Injector.inject(defect, pieces.get(i), 50L + 7 * i + defect.ordinal());
                double score = Scorer.standard().score(hurt.iterator()).score(defect);
                for (DefectReport report : clean) {
                    won += score > report.score(defect) ? 1 : score == report.score(defect) ? 0.5 : 0;
                }
            }
            double auc = won / (pieces.size() * clean.size());
            table.append(String.format(Locale.ROOT, "  %-8s %.3f%n", defect.id(), auc));
            assertThat(auc).as(defect.id()).isGreaterThanOrEqualTo(Objects.requireNonNull(least));
        });
        System.out.print(table);
    }

    @Test
    void aLongClipOfManyShotsIsAboutAsGoodAsItsPieces() {
        List<Frame> all = new ArrayList<>();
        pieces.forEach(all::addAll);
        DefectReport joined = Scorer.standard().score(renumbered(all).iterator());
        assertThat(joined.cuts()).hasSize(pieces.size() - 1);
        for (Defect defect : Defect.values()) {
            double[] scores =
                    clean.stream().mapToDouble(report -> report.score(defect)).toArray();
            double worst = Arrays.stream(scores).max().orElse(0);
            assertThat(joined.score(defect)).as(defect.id()).isLessThanOrEqualTo(worst + 0.1);
        }
    }
}
