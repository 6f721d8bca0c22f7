package dev.moviola.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.video.XySheet.Cell;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XySheetTest {
    @TempDir
    private Path folder;

    @Test
    void allClipsPlayInStepAndWhatIsMissingIsMarked() throws IOException {
        Path one = clip("one", 24, 320, 180, 24);
        Path slow = clip("slow", 24, 320, 180, 12);
        Path broken = Files.writeString(folder.resolve("broken.mp4"), "no video");
        XySheet sheet = new XySheet(
                "guidance",
                List.of("2", "5.5", "9"),
                "num_steps",
                List.of("10", "30"),
                List.of(
                        new Cell(0, 0, one, "trial 1 · 72", false),
                        new Cell(1, 0, slow, "trial 2 · 98", true),
                        new Cell(2, 0, broken, "trial 3", false),
                        new Cell(0, 1, null, "failed", false)));

        Clip clip = sheet.write(folder.resolve("out").resolve("xy.mp4"));
        BufferedImage picture = sheet.picture(0.5);

        assertThat(clip.info().seconds()).isBetween(1.95, 2.1);
        assertThat(clip.info().fps()).isEqualTo(24);
        assertThat(clip.info().width()).isEqualTo(picture.getWidth()).isLessThanOrEqualTo(1_920);
        assertThat(clip.info().height()).isEqualTo(picture.getHeight()).isLessThanOrEqualTo(1_600);
        // The clip of one second has ended, and is dimmed; that of two goes on.
        int x = 110 + 160;
        BufferedImage late = clip.frame(1.5);
        BufferedImage early = clip.frame(0.5);
        assertThat(brightness(late, x, 46 + 90)).isLessThan(0.75 * brightness(early, x, 46 + 90));
        assertThat(brightness(late, x + 326, 46 + 90)).isGreaterThan(60);
        assertThat(brightness(late, x + 2 * 326, 46 + 30)).isLessThan(80);
        Files.createDirectories(Path.of("target", "charts"));
        ImageIO.write(
                picture, "png", Path.of("target", "charts", "xy-sheet.png").toFile());
    }

    @Test
    void largeClipsAreMadeSmallFirstAndNothingOfThatIsLeft() throws IOException, InterruptedException {
        Path large = clip("large", 6, 1_920, 1_080, 12);
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            cells.add(new Cell(i % 3, i / 3, large, "", i == 4));
        }
        XySheet sheet = new XySheet("x", List.of("1", "2", "3"), "y", List.of("1", "2", "3"), cells);
        List<Path> before = scratch();

        Clip clip = sheet.write(folder.resolve("xy.mp4"));

        assertThat(clip.info().seconds()).isBetween(0.45, 0.6);
        assertThat(brightness(clip.frame(0.2), 110 + 160, 46 + 90)).isGreaterThan(60);
        // Another process that tests may be at work in the same folder.
        for (int i = 0; i < 600 && !before.containsAll(scratch()); i++) {
            Thread.sleep(100);
        }
        assertThat(scratch()).isSubsetOf(before);
    }

    @Test
    void aSheetOfNothingIsAPictureButNoClip() {
        XySheet sheet = new XySheet("x", List.of("1"), "y", List.of("1"), List.of());

        assertThat(sheet.picture(0.3).getWidth()).isGreaterThan(300);
        assertThatThrownBy(() -> sheet.write(folder.resolve("nothing.mp4")))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("none of its clips");
        assertThat(folder.resolve("nothing.mp4")).doesNotExist();
    }

    @Test
    void longLabelsOfRowsGetMoreRoomUpToALimit() {
        int none = widthWithRow("10");

        assertThat(widthWithRow("0–1")).isEqualTo(none);
        assertThat(widthWithRow("0.3333–0.6667")).isGreaterThan(none);
        assertThat(widthWithRow("a row ".repeat(60))).isLessThan(none + 100);
    }

    private static int widthWithRow(String row) {
        return new XySheet("x", List.of("1"), "y", List.of(row), List.of())
                .picture(0)
                .getWidth();
    }

    @Test
    void aSheetHoldsTwelveByTwelveAndStaysSmall() {
        List<String> twelve =
                Stream.iterate(1, i -> i + 1).limit(12).map(String::valueOf).toList();
        BufferedImage picture = new XySheet("x", twelve, "y", twelve, List.of()).picture(0);

        assertThat(picture.getWidth()).isLessThanOrEqualTo(1_920);
        assertThat(picture.getHeight()).isLessThanOrEqualTo(1_600);
        List<String> thirteen =
                Stream.iterate(1, i -> i + 1).limit(13).map(String::valueOf).toList();
        assertThatThrownBy(() -> new XySheet("x", thirteen, "y", twelve, List.of()))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("1..12")
                .hasMessageContaining("13");
        assertThatThrownBy(() -> new XySheet("x", twelve, "y", twelve, List.of(new Cell(12, 0, null, "", false))))
                .hasMessageContaining("column 12");
    }

    private Path clip(String name, int frames, int width, int height, double fps) {
        Path file = folder.resolve(name + ".mp4");
        TestClips.write(file, frames, width, height, fps);
        return file;
    }

    private static List<Path> scratch() throws IOException {
        Path here = Clip.temporary("cell");
        Files.delete(here.getParent());
        try (Stream<Path> temporary = Files.list(here.getParent().getParent())) {
            return temporary
                    .filter(path -> Files.exists(path.resolve("cell.mp4")))
                    .toList();
        }
    }

    private static double brightness(BufferedImage image, int x, int y) {
        double sum = 0;
        for (int dx = -20; dx <= 20; dx++) {
            int rgb = image.getRGB(x + dx, y);
            sum += (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
        }
        return sum / 41 / 3;
    }
}
