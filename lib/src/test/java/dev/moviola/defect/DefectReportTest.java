package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.video.VideoInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefectReportTest {
    private static final VideoInfo INFO = new VideoInfo(640, 480, 2, 0.1, 24, "h264", "yuv420p", 1234);

    private static DefectReport report(String scorer, double warp) {
        return new DefectReport(
                scorer,
                "ab",
                INFO,
                Map.of("warp", warp, "overall", 90.0),
                Map.of("warp", new double[] {0, warp}),
                List.of(0.5),
                new Cadence(0.2, 5, true),
                new PhysicsReport(1, List.of(new PhysicsFinding("fell_up", 0.4, 0.5, 0.25, 0.7, "It fell up."))));
    }

    @Test
    void aReportSurvivesItsJson() {
        DefectReport report = report("plain/1", 0.25);
        DefectReport read = DefectReport.fromJson(report.toJson());
        assertThat(read.metrics()).isEqualTo(report.metrics());
        assertThat(read.timelines().get("warp")).containsExactly(0, 0.25);
        assertThat(read.video()).isEqualTo(INFO);
        assertThat(read.cuts()).containsExactly(0.5);
        assertThat(read.cadence()).isEqualTo(report.cadence());
        assertThat(read.physics()).isEqualTo(report.physics());
        assertThat(read.score(Defect.WARP)).isEqualTo(0.25);
        assertThat(read.overall()).isEqualTo(90);
    }

    @Test
    void unknownMembersOfTheJsonAreIgnoredAndMissingOnesNamed() {
        String json = report("plain/1", 0.25).toJson();
        assertThat(DefectReport.fromJson(json.replaceFirst("\\{", "{\"later\":[1],"))
                        .overall())
                .isEqualTo(90);
        assertThatThrownBy(() -> DefectReport.fromJson("{}"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("score the clip again");
        assertThatThrownBy(() -> DefectReport.fromJson("nonsense")).isInstanceOf(MoviolaException.class);
    }

    @Test
    void aValueThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> report("plain/1", Double.NaN))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("metric warp must be a finite number");
        assertThatThrownBy(() -> report("plain/1", 0.1).metric("nope"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("[overall, warp]");
    }

    @Test
    void aSiblingStandsByItsDistanceFromTheMedian() {
        Map<String, Map<String, Double>> relative = Siblings.relative(
                Map.of("a", report("s", 0.1), "b", report("s", 0.2), "c", report("s", 0.9), "d", report("s", 0.3)));
        assertThat(relative.get("c").get("warp")).isEqualTo(0.9 - 0.25);
        assertThat(relative.get("a").get("overall")).isZero();
    }

    @Test
    void siblingsOfDifferentScorersAreRefused() {
        assertThatThrownBy(() -> Siblings.relative(Map.of("a", report("s/1", 0.1), "b", report("s/2", 0.2))))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("one scorer");
    }

    @Test
    void everyDefectHasAnIdThatLeadsBackToIt() {
        for (Defect defect : Defect.values()) {
            assertThat(Defect.of(defect.id())).isEqualTo(defect);
        }
        assertThatThrownBy(() -> Defect.of("wurp")).hasMessageContaining("warp");
    }
}
