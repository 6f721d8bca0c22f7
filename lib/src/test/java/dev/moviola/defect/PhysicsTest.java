package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.video.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class PhysicsTest {
    private static PhysicsReport report(SyntheticClip.Law law) {
        List<Frame> frames = new SyntheticClip(320, 240, 21, 0.7).frames(44, 18, List.of(law));
        return Scorer.standard().score(frames.iterator()).physics();
    }

    private static List<String> kinds(PhysicsReport report) {
        return report.findings().stream().map(PhysicsFinding::kind).toList();
    }

    @Test
    void aThrownBallIsFollowedAndNothingIsWrongWithIt() {
        PhysicsReport report = report(t -> new double[] {40 + 5.0 * t, 190 - 7.0 * t + 0.17 * t * t});
        assertThat(report.objects()).isGreaterThan(0);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aBallWhoseGravityTurnsOverFallsUp() {
        PhysicsReport report = report(t -> {
            int free = Math.max(0, t - 16);
            double y = 70 + 0.12 * Math.min(t, 16) * Math.min(t, 16) + free * (0.24 * 16) - 0.2 * free * free;
            return new double[] {60 + 4.0 * t, y};
        });
        assertThat(kinds(report)).contains("fell_up");
        PhysicsFinding finding = report.findings().get(0);
        assertThat(finding.strength()).isBetween(0.0, 1.0);
        assertThat(finding.text()).contains("upwards");
    }

    @Test
    void aBallThatStopsInMidAirIsFound() {
        PhysicsReport report = report(t -> new double[] {50 + 5.0 * Math.min(t, 22), 120 - 1.0 * Math.min(t, 22)});
        assertThat(kinds(report)).contains("stopped");
        assertThat(report.findings().get(0).seconds()).isBetween(0.8, 1.1);
    }

    @Test
    void aKickOutOfNowhereIsFound() {
        PhysicsReport report = report(t -> new double[] {50 + 2.0 * t + 5.0 * Math.max(0, t - 22), 120});
        assertThat(kinds(report)).contains("sped_up");
    }
}
