package dev.moviola.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.defect.Cadence;
import dev.moviola.defect.DefectReport;
import dev.moviola.defect.PhysicsReport;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.frame.internal.ChartStyle;
import dev.moviola.video.VideoInfo;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;

class ChartsTest {
    private static final Path PICTURES = Path.of("target", "charts");

    @Test
    void everyChartHasAxisNamesAndIsDrawnInBothThemes() throws Exception {
        List<JobRow> rows = Samples.campaign(300, 11);
        for (ChartTheme theme : ChartTheme.values()) {
            Map<String, XYChart> charts = Map.of(
                    "effects", Charts.effects(Effects.of(rows), theme),
                    "distribution", Charts.distribution(rows, theme),
                    "progress", Charts.progress(rows, theme),
                    "timeline", Charts.timeline(report(), theme));
            charts.forEach((name, chart) -> {
                assertThat(chart.getTitle()).as(name).isNotBlank();
                assertThat(chart.getXAxisTitle()).as(name).isNotBlank();
                Path file = ChartImage.write(chart, PICTURES.resolve(name + "-" + theme + ".png"));
                assertThat(file).isNotEmptyFile();
            });
            BufferedImage image =
                    ImageIO.read(PICTURES.resolve("effects-" + theme + ".png").toFile());
            assertThat(image.getWidth()).isEqualTo(2 * charts.get("effects").getWidth());
            assertThat(image.getRGB(2, 2) & 0xffffff).isEqualTo(theme.paper().getRGB() & 0xffffff);
            assertThat(colours(image)).contains(theme.accent().getRGB());
        }
    }

    @Test
    void aChartOfNothingSaysSo() {
        assertThat(drawn(Charts.effects(List.of(), ChartTheme.LIGHT))).contains("too few clips");
        assertThat(drawn(Charts.distribution(List.of(), ChartTheme.LIGHT))).contains("nothing scored");
        assertThat(drawn(Charts.progress(List.of(), ChartTheme.LIGHT))).contains("nothing has ended");
        DefectReport calm = new DefectReport(
                "t/1",
                "",
                new VideoInfo(8, 8, 2, 1, 2, "raw", "gray", 0),
                Map.of(),
                Map.of(),
                List.of(),
                Cadence.none(),
                PhysicsReport.empty());
        assertThat(drawn(Charts.timeline(calm, ChartTheme.DARK))).contains("no sign");
    }

    @Test
    void theDistributionCountsEachClipOnce() {
        List<JobRow> rows = Samples.campaign(100, 3);
        long scored = rows.stream().filter(JobRow::isScored).count();
        double[] heights =
                Charts.distribution(rows, ChartTheme.LIGHT).getSeries("clips").getYData();
        double sum = 0;
        for (double height : heights) {
            sum += height;
        }
        assertThat(sum).isEqualTo(2.0 * scored);
    }

    @Test
    void chartsAndPicturesShowThemselves() throws Exception {
        MimeBundle bundle = Display.bundle(Charts.distribution(Samples.campaign(20, 1), ChartTheme.LIGHT));
        assertThat(bundle.plain()).startsWith("[chart: Quality of ");
        assertThat(bundle.metadata().get(MimeBundle.PNG)).containsEntry("width", 760);
        BufferedImage image = ImageIO.read(
                new ByteArrayInputStream(bundle.bytesForm(MimeBundle.PNG).orElseThrow()));
        assertThat(image.getWidth()).isEqualTo(1520);
        assertThat(Display.bundle(image).mediaTypes()).contains(MimeBundle.PNG);
        assertThat(Display.bundle(image).plain()).isEqualTo("[picture, 1520 x 840]");
    }

    @Test
    void namesOfModifiersAreCutWhereTheirRoomEnds() {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        for (String letter : List.of("i", "W", "\u6f22", "\ud83e\udd96")) {
            String cut = ChartStyle.fit(letter.repeat(2_000), font, 230);
            assertThat(ChartStyle.width(cut, font)).isBetween(180.0, 230.0);
            assertThat(cut).startsWith(letter).endsWith("\u2026");
        }
        assertThat(ChartStyle.fit("neon rain", font, 230)).isEqualTo("neon rain");
    }

    private static String drawn(XYChart chart) {
        assertThat(ChartImage.png(chart)).isNotEmpty();
        return chart.getTitle();
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours;
    }

    private static DefectReport report() {
        Map<String, double[]> lines = new TreeMap<>();
        for (String id : Columns.defectIds()) {
            double[] line = new double[48];
            for (int i = 0; i < line.length; i++) {
                line[i] = Math.abs(Math.sin(i / 9.0 + id.hashCode())) * (id.length() / 8.0);
            }
            lines.put(id, line);
        }
        return new DefectReport(
                "t/1",
                "",
                new VideoInfo(64, 36, 48, 2, 24, "raw", "gray", 0),
                Map.of(),
                lines,
                List.of(),
                Cadence.none(),
                PhysicsReport.empty());
    }
}
