package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.Injection.Kind;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeatherTest {
    private static final List<Take> RAIN = List.of(rain(33), rain(35));

    @TempDir
    static Path folder;

    private List<DefectReport> clean = List.of();

    @BeforeAll
    void scoreRainAlone() {
        clean = RAIN.stream().map(take -> score(take, List.of())).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rain in the alley", "neon rain, samurai vs T-rex", "a duel in a snowstorm", "sandstorm, dolly"})
    void whatFallsFromTheSkyIsNoDefect(String prompt) {
        for (Take take : List.of(new Take(prompt, 31, 1.5, 320, 180, 24), new Take(prompt, 32, 1.5, 854, 480, 24))) {
            DefectReport report = score(take, List.of());

            assertThat(report.overall()).as("%s: %s", take, report.metrics()).isGreaterThan(90);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"WARP", "MELT", "MORPH", "VANISH", "FLICKER", "FREEZE", "BOIL", "JERK"})
    void whatGoesWrongInTheRainIsStillSeen(Kind kind) {
        Defect defect = Defect.valueOf(kind.name());
        double before = 0;
        double spoilt = 0;
        for (int i = 0; i < RAIN.size(); i++) {
            before += clean.get(i).score(defect) / RAIN.size();
            spoilt +=
                    score(RAIN.get(i), List.of(Injection.of(kind, 0.4, 1.1, 1))).score(defect) / RAIN.size();
        }

        assertThat(spoilt).isGreaterThan(before + 0.1);
    }

    private static Take rain(long seed) {
        return new Take("neon rain, samurai vs T-rex", seed, 1.5, 854, 480, 24);
    }

    private DefectReport score(Take take, List<Injection> defects) {
        Path clip = folder.resolve("clip.mp4");
        RehearsalRenderer.render(take, defects, clip);
        return Scorer.standard().score(clip);
    }
}
