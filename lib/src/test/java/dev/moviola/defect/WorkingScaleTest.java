package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same scene, clean and spoilt, rendered at three sizes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkingScaleTest {
    private static final List<int[]> SIZES = List.of(new int[] {320, 180}, new int[] {854, 480}, new int[] {1280, 720});
    private static final double SECONDS = 1.2;
    private static final double DEFECT_TOLERANCE = 0.35;
    private static final double OVERALL_TOLERANCE = 20;

    /** Name of the variant to its reports, in the order of the sizes. */
    private final Map<String, List<DefectReport>> reports = new LinkedHashMap<>();

    @BeforeAll
    void score(@TempDir Path folder) {
        Map<String, List<Injection>> variants = new LinkedHashMap<>();
        variants.put("clean", List.of());
        for (Kind kind : List.of(Kind.WARP, Kind.BOIL, Kind.FREEZE)) {
            variants.put(kind.id(), List.of(Injection.of(kind, 0.3, 0.9, kind == Kind.WARP ? 1 : 0.8)));
        }
        variants.forEach((name, defects) -> {
            List<DefectReport> list = new ArrayList<>();
            for (int[] size : SIZES) {
                Path clip = folder.resolve(name + size[0] + ".mp4");
                RehearsalRenderer.render(new Take("a duel at noon", 5, SECONDS, size[0], size[1], 24), defects, clip);
                list.add(Scorer.standard().score(clip));
            }
            reports.put(name, list);
        });
    }

    @Test
    void theScoresAreAlikeAtEachSize() {
        reports.forEach((name, list) -> {
            DefectReport small = list.get(0);
            for (DefectReport report : list) {
                String what = name + " at " + report.video().width() + "x"
                        + report.video().height();
                assertThat(report.overall()).as(what).isCloseTo(small.overall(), within(OVERALL_TOLERANCE));
                for (Defect defect : Defect.values()) {
                    assertThat(report.score(defect))
                            .as("%s of %s", defect.id(), what)
                            .isCloseTo(small.score(defect), within(DEFECT_TOLERANCE));
                }
                assertThat(report.metric("motion")).as(what).isCloseTo(small.metric("motion"), within(0.01));
            }
        });
    }

    @Test
    void theRankingIsTheSameAtEachSize() {
        List<List<String>> rankings = new ArrayList<>();
        for (int k = 0; k < SIZES.size(); k++) {
            int size = k;
            rankings.add(reports.keySet().stream()
                    .sorted(Comparator.comparingDouble(
                            (String name) -> -report(name, size).overall()))
                    .toList());
        }
        assertThat(rankings).allSatisfy(ranking -> assertThat(ranking).isEqualTo(rankings.get(0)));
        assertThat(rankings.get(0).get(0)).isEqualTo("clean");
    }

    private DefectReport report(String name, int size) {
        return Objects.requireNonNull(reports.get(name)).get(size);
    }

    @Test
    void eachSpoiltClipHasTheDefectThatWasPutIn() {
        Map<Kind, Double> least = new EnumMap<>(Map.of(Kind.WARP, 0.3, Kind.BOIL, 0.25, Kind.FREEZE, 0.8));
        least.forEach((kind, value) -> {
            for (DefectReport report : Objects.requireNonNull(reports.get(kind.id()))) {
                assertThat(report.metric(kind.id())).isGreaterThan(value);
            }
        });
    }

    @Test
    void anUprightClipHasTheCellsOfALyingOneTurnedOver(@TempDir Path folder) {
        Path lying = folder.resolve("lying.mp4");
        Path upright = folder.resolve("upright.mp4");
        RehearsalRenderer.render(new Take("a duel", 6, 0.4, 428, 240, 24), List.of(), lying);
        RehearsalRenderer.render(new Take("a duel", 6, 0.4, 240, 428, 24), List.of(), upright);
        DefectMaps wide = Scorer.standard().maps(lying);
        DefectMaps high = Scorer.standard().maps(upright);
        assertThat(wide.cellsAcross()).isEqualTo(20);
        assertThat(wide.cellsDown()).isEqualTo(11);
        assertThat(high.cellsAcross()).isEqualTo(11);
        assertThat(high.cellsDown()).isEqualTo(20);
    }
}
