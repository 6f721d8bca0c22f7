package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rehearsal clips whose defects are known; their seeds are others than those that the calibration was set on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RehearsalTruthTest {
    private static final List<String> SCENES =
            List.of("samurai vs T-rex", "a duel at dusk", "a duel in snow", "a duel, handheld");
    /** Least share of pairs in which the spoilt clip must have the higher score. */
    private static final Map<Kind, Double> LEAST = new EnumMap<>(Map.of(
            Kind.WARP, 0.8,
            Kind.MELT, 0.6,
            Kind.MORPH, 0.6,
            Kind.VANISH, 0.8,
            Kind.FLICKER, 0.9,
            Kind.FREEZE, 0.9,
            Kind.BOIL, 0.85,
            Kind.JERK, 0.75,
            Kind.GRAVITY_INVERSION, 0.75,
            Kind.MOMENTUM_KICK, 0.75));

    private final List<DefectReport> clean = new ArrayList<>();
    private final Map<Kind, List<DefectReport>> spoilt = new EnumMap<>(Kind.class);

    @BeforeAll
    void score(@TempDir Path folder) {
        for (int i = 0; i < SCENES.size(); i++) {
            clean.add(score(folder, i, 3, List.of()));
            clean.add(score(folder, i, 4, List.of()));
            for (Kind kind : Kind.values()) {
                double strength = i % 2 == 0 ? 1 : 0.6;
                spoilt.computeIfAbsent(kind, key -> new ArrayList<>())
                        .add(score(folder, i, 3, List.of(Injection.of(kind, 0.4, 1.1, strength))));
            }
        }
    }

    private DefectReport score(Path folder, int scene, int seed, List<Injection> defects) {
        Path clip = folder.resolve("clip.mp4");
        RehearsalRenderer.render(new Take(SCENES.get(scene), 100 * scene + seed, 1.5, 320, 180, 24), defects, clip);
        return Scorer.standard().score(clip);
    }

    private static double measure(Kind kind, DefectReport report) {
        return switch (kind) {
            case GRAVITY_INVERSION, MOMENTUM_KICK -> report.metrics().getOrDefault("physics", 0.0);
            default -> report.score(Defect.valueOf(kind.name()));
        };
    }

    /** Share of pairs in which {@code a} is above {@code b}. */
    private static double above(List<Double> a, List<Double> b) {
        double won = 0;
        for (double x : a) {
            for (double y : b) {
                won += x > y ? 1 : x == y ? 0.5 : 0;
            }
        }
        return won / (a.size() * b.size());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static List<Double> overall(List<DefectReport> reports) {
        return reports.stream().map(DefectReport::overall).toList();
    }

    @Test
    void whatWasPutInIsFound() {
        StringBuilder table = new StringBuilder("AUC of rehearsal clips with a defect against clean ones\n");
        SoftAssertions all = new SoftAssertions();
        spoilt.forEach((kind, reports) -> {
            double own = above(
                    reports.stream().map(report -> measure(kind, report)).toList(),
                    clean.stream().map(report -> measure(kind, report)).toList());
            double any = above(overall(clean), overall(reports));
            table.append(String.format(Locale.ROOT, "  %-18s own %.3f  overall %.3f%n", kind.id(), own, any));
            if (LEAST.containsKey(kind)) {
                all.assertThat(own).as(kind.id()).isGreaterThanOrEqualTo(LEAST.get(kind));
            }
        });
        System.out.print(table);
        all.assertAll();
    }

    @Test
    void aCleanClipScoresWellAndASpoiltOneClearlyWorse() {
        List<Double> bad = new ArrayList<>();
        spoilt.forEach((kind, reports) -> {
            if (kind != Kind.GRAVITY_INVERSION && kind != Kind.MOMENTUM_KICK) {
                bad.addAll(overall(reports));
            }
        });
        assertThat(median(overall(clean))).as("clean: %s", overall(clean)).isGreaterThanOrEqualTo(80);
        assertThat(median(bad)).as("spoilt: %s", bad).isLessThan(median(overall(clean)) - 20);
        assertThat(above(overall(clean), bad)).isGreaterThan(0.8);
    }
}
