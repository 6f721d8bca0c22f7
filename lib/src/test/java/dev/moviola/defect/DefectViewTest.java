package dev.moviola.defect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.MoviolaException;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.rehearsal.Injection;
import dev.moviola.rehearsal.RehearsalRenderer;
import dev.moviola.rehearsal.Take;
import dev.moviola.video.Clip;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefectViewTest {
    @TempDir
    static Path folder;

    private static Clip clip;
    private static DefectReport report;

    @BeforeAll
    static void aClipThatBoilsInOnePlace() {
        Path file = folder.resolve("boil.mp4");
        // On the left half, in the middle third of the clip.
        Injection boil = new Injection(Injection.Kind.BOIL, 0.5, 1.0, 0.25, 0.5, 0.18, 0.35, 1, -1);
        RehearsalRenderer.render(new Take("samurai vs T-rex", 3, 1.5, 320, 180, 24), List.of(boil), file);
        clip = Clip.of(file);
        report = Scorer.standard().score(file);
    }

    /** How far a region is from grey: the share of its pixels that carry heat. */
    private static double heat(BufferedImage picture, double left, double right) {
        int hot = 0;
        int all = 0;
        for (int y = 0; y < picture.getHeight() - 48; y++) {
            for (int x = (int) (left * picture.getWidth()); x < (int) (right * picture.getWidth()); x++, all++) {
                Color colour = new Color(picture.getRGB(x, y));
                hot += colour.getRed() - colour.getGreen() > 45 ? 1 : 0;
            }
        }
        return (double) hot / all;
    }

    @Test
    void theHeatIsWhereAndWhenTheDefectIs() {
        DefectView view = report.on(clip);
        double peak = view.peak(Defect.BOIL);
        assertThat(peak).isBetween(0.4, 1.1);
        BufferedImage during = view.heatmap(Defect.BOIL, peak);
        assertThat(during.getWidth()).isEqualTo(320);
        assertThat(during.getHeight()).isEqualTo(180 + 48);
        assertThat(heat(during, 0, 0.5)).isGreaterThan(heat(during, 0.5, 1) + 0.05);
        assertThat(heat(view.heatmap(Defect.BOIL, 0.2), 0, 0.5)).isLessThan(heat(during, 0, 0.5) / 2);
    }

    @Test
    void anOverlayHasTheFramesOfTheClip() {
        Clip overlay = report.on(clip).overlay(Defect.BOIL, folder.resolve("overlay.mp4"));
        assertThat(overlay.info().frames()).isEqualTo(36);
        assertThat(overlay.info().seconds()).isEqualTo(1.5, within(0.05));
        BufferedImage during = overlay.frame(report.on(clip).peak(Defect.BOIL));
        assertThat(heat(during, 0, 0.5)).isGreaterThan(heat(during, 0.5, 1));
    }

    @Test
    void aViewIsShownAsItsWorstMoment() {
        MimeBundle bundle = Display.bundle(report.on(clip));
        assertThat(bundle.bytesForm(MimeBundle.JPEG)).isPresent();
        assertThat(bundle.plain())
                .matches("\\[boil\\.mp4: overall \\d+ of 100, worst is "
                        + report.worst().id() + " \\d\\.\\d\\d at \\d\\.\\d\\d s\\]");
    }

    @Test
    void aReportIsNotLaidOverAnotherClip() {
        Path other = folder.resolve("other.mp4");
        RehearsalRenderer.render(new Take("a duel", 4, 0.5, 320, 180, 24), List.of(), other);
        assertThatThrownBy(() -> report.on(Clip.of(other)))
                .isInstanceOf(MoviolaException.class)
                .hasMessageStartingWith("the report must be about this clip, but it is about " + clip.sha256());
    }

    @Test
    void aReportOfAnotherScorerIsNotMixedWithTheMapsOfThisOne() {
        DefectReport old = new DefectReport(
                "plain/0",
                report.sha256(),
                report.video(),
                report.metrics(),
                Map.of(),
                List.of(),
                report.cadence(),
                report.physics());
        assertThatThrownBy(() -> old.on(clip))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("plain/0")
                .hasMessageContaining("score " + clip.file() + " again");
    }
}
