package dev.moviola.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookingTest {
    private static final Pattern VIDEO = Pattern.compile("<video [^>]* src=\"data:video/mp4;base64,([^\"]+)\"");

    @TempDir
    Path folder;

    private Clip pattern(String name, int frames, double fps) {
        Path file = folder.resolve(name);
        TestClips.write(file, frames, 160, 96, fps);
        return Clip.of(file);
    }

    private Clip plain(String name, Color colour, int frames, double fps) {
        Path file = folder.resolve(name);
        try (ClipWriter writer = ClipWriter.open(file, 64, 48, fps)) {
            for (int i = 0; i < frames; i++) {
                writer.write(Pictures.toFrame(filled(colour, 64, 48), i, i / fps));
            }
        }
        return Clip.of(file);
    }

    private static BufferedImage filled(Color colour, int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }

    private static void assertNear(BufferedImage picture, int x, int y, Color expected) {
        Color seen = new Color(picture.getRGB(x, y));
        assertThat(List.of(seen.getRed(), seen.getGreen(), seen.getBlue()))
                .usingElementComparator((a, b) -> Math.abs(a - b) <= 12 ? 0 : Integer.compare(a, b))
                .containsExactly(expected.getRed(), expected.getGreen(), expected.getBlue());
    }

    @Test
    void aSmallClipIsInItsPlayerByteForByteWithAPictureForViewersWithoutVideo() throws Exception {
        Clip clip = pattern("a.mp4", 12, 12);
        MimeBundle bundle = Display.bundle(clip);
        String html = bundle.textForm(MimeBundle.HTML).orElseThrow();
        Matcher video = VIDEO.matcher(html);
        assertThat(video.find()).isTrue();
        assertThat(Base64.getDecoder().decode(video.group(1))).isEqualTo(Files.readAllBytes(clip.file()));
        assertThat(html).contains("<img alt=").doesNotContain("figcaption", folder.toString());
        BufferedImage poster = ImageIO.read(
                new ByteArrayInputStream(bundle.bytesForm(MimeBundle.JPEG).orElseThrow()));
        assertThat(poster.getWidth()).isEqualTo(160);
        assertThat(bundle.plain())
                .isEqualTo(String.format("[clip a.mp4, 160 x 96, 1.0 s, %,d bytes]", Files.size(clip.file())));
    }

    @Test
    void aClipOverTheLimitIsPlayedAsASmallerCopy() throws Exception {
        Path file = folder.resolve("large.mp4");
        try (ClipWriter writer =
                ClipWriter.open(file, 960, 642, 12, WriteOptions.standard().withQuality(4))) {
            for (int i = 0; i < 18; i++) {
                writer.write(TestClips.pattern(i, i / 12.0, 960, 642));
            }
        }
        Clip clip = Clip.of(file);
        long limit = Files.size(file) - 1;
        MimeBundle bundle = clip.player().withLargest(limit).display();
        String html = bundle.textForm(MimeBundle.HTML).orElseThrow();
        Matcher video = VIDEO.matcher(html);
        assertThat(video.find()).isTrue();
        byte[] copy = Base64.getDecoder().decode(video.group(1));
        assertThat(copy.length).isLessThanOrEqualTo((int) limit);
        VideoInfo info = Probe.of(Files.write(folder.resolve("copy.mp4"), copy));
        assertThat(info.height()).isEqualTo(320);
        assertThat(info.frames()).isEqualTo(18);
        assertThat(html)
                .contains("a smaller copy; the clip itself is ")
                .contains(file.toString().replace("/", "/<wbr>"));
    }

    @Test
    void whereNoCopyFitsThereIsAPosterAndANote() {
        Clip clip = pattern("a.mp4", 12, 12);
        MimeBundle bundle = clip.player().withLargest(100).display();
        assertThat(bundle.textForm(MimeBundle.HTML).orElseThrow())
                .contains("<img ", "too large to be put in here (the limit is 100 bytes)")
                .doesNotContain("<video");
        assertThat(bundle.plain()).contains("too large");
    }

    @Test
    void aHostileFileNameStaysText() {
        Clip clip = pattern("\"><script>alert(1)<&.mp4", 3, 12);
        assertThat(Display.bundle(clip).textForm(MimeBundle.HTML).orElseThrow()).doesNotContain("<script");
    }

    @Test
    void aFilmStripHasItsPicturesInRowsOfEight() {
        Clip clip = pattern("a.mp4", 24, 12);
        BufferedImage one = clip.strip(1);
        BufferedImage eight = clip.strip(8);
        BufferedImage nine = clip.strip(9);
        assertThat(one.getWidth()).isLessThan(eight.getWidth());
        assertThat(eight.getWidth()).isEqualTo(nine.getWidth()).isLessThanOrEqualTo(1_200);
        assertThat(nine.getHeight()).isGreaterThan(eight.getHeight() * 18 / 10);
        assertThatThrownBy(() -> clip.strip(0))
                .isInstanceOf(MoviolaException.class)
                .hasMessage("a film strip must have 1..100 pictures, but was to have 0");
    }

    @Test
    void aFrameIsTheOneShownAtThatTime() {
        Clip clip = pattern("a.mp4", 24, 12);
        assertThat(clip.frame(0.5).getRGB(0, 0, 160, 96, null, 0, 160))
                .isEqualTo(Pictures.frameAt(clip.file(), 6 / 12.0).getRGB(0, 0, 160, 96, null, 0, 160))
                .isNotEqualTo(clip.frame(1.5).getRGB(0, 0, 160, 96, null, 0, 160));
    }

    @Test
    void coloursSurviveTheWayToAClipAndBack() {
        for (Color colour : List.of(Color.RED, Color.GREEN, Color.BLUE, Color.WHITE, new Color(0xff9a6b))) {
            Frame frame = Pictures.toFrame(filled(colour, 6, 4), 0, 0);
            VideoInfo info = new VideoInfo(6, 4, 1, 1, 1, "raw", "yuv420p", 0);
            assertNear(Pictures.of(frame, info), 3, 2, colour);
        }
    }

    @Test
    void clipsSideBySideAreInStepAndTheShorterOneHolds() {
        Clip red = plain("red.mp4", Color.RED, 10, 10);
        Clip blue = plain("blue.mp4", Color.BLUE, 40, 20);
        Clip both = new SideBySide(red, "red", blue, "blue").write(folder.resolve("both.mp4"));
        assertThat(both.info().frames()).isEqualTo(40);
        assertThat(both.info().fps()).isEqualTo(20);
        assertNear(both.frame(0.5), 32, 24, Color.RED);
        assertNear(both.frame(0.5), 100, 24, Color.BLUE);
        assertThat(new Color(both.frame(1.8).getRGB(32, 24)).getRed())
                .as("dimmed after its end")
                .isBetween(60, 160);
        assertNear(both.frame(1.8), 100, 24, Color.BLUE);
    }

    @Test
    void clipsOfDifferentSizesAreAsHighAsEachOther() {
        Clip both = pattern("a.mp4", 6, 12).beside(plain("b.mp4", Color.GREEN, 6, 12));
        assertThat(both.info().width()).isEqualTo(160 + 4 + 128);
        assertThat(both.info().height()).isEqualTo(96 + 24);
    }
}
