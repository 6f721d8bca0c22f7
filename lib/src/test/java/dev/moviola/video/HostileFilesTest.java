package dev.moviola.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a generator, a broken download or somebody with bad intentions may leave behind. */
class HostileFilesTest {
    private static final int FRAMES = 30;

    @TempDir
    Path folder;

    private Path good;

    @BeforeEach
    void aGoodClip() {
        good = folder.resolve("good.mp4");
        write(good, 96, 64, FRAMES);
    }

    @Test
    void aFileCutShortAnywhereIsRefusedInWordsOrGivesOnlyItsOwnFrames() throws Exception {
        byte[] whole = Files.readAllBytes(good);
        Random random = new Random(4);
        for (int i = 0; i < 60; i++) {
            int length = i == 0 ? 1 : 1 + random.nextInt(whole.length - 1);
            Path cut = folder.resolve("cut-" + length + ".mp4");
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                assertThat(decode(cut))
                        .as("%d of %d bytes", length, whole.length)
                        .isLessThanOrEqualTo(FRAMES);
            } catch (VideoException e) {
                assertThat(e).hasMessageContaining(cut.getFileName().toString());
            }
        }
    }

    @Test
    void aDownloadThatBrokeOffIsNotTakenForAClip() throws Exception {
        byte[] whole = Files.readAllBytes(good);
        Path cut = folder.resolve("half.mp4");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> decode(cut)).isInstanceOf(VideoException.class).hasMessageContaining("half.mp4");
    }

    @Test
    void flippedBytesNeverBringTheMachineDown() throws Exception {
        byte[] whole = Files.readAllBytes(good);
        Random random = new Random(8);
        for (int i = 0; i < 80; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n < 1 + i; n++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path file = folder.resolve("damaged.mp4");
            Files.write(file, damaged);
            try {
                assertThat(decode(file)).isBetween(0L, 100_000L);
            } catch (VideoException e) {
                assertThat(e).hasMessageContaining("damaged.mp4");
            }
        }
    }

    @Test
    void anEmptyFileAMissingOneAndATextAreNoVideo() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is not a video\n".repeat(500));
        Path noise = folder.resolve("noise.mp4");
        byte[] bytes = new byte[100_000];
        new Random(2).nextBytes(bytes);
        byte[] header = "\0\0\0\u0018ftypmp42\0\0\0\0mp42isom".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(header, 0, bytes, 0, header.length);
        Files.write(noise, bytes);
        for (Path file : new Path[] {empty, text, noise, folder.resolve("missing.mp4"), folder}) {
            assertThatThrownBy(() -> decode(file))
                    .as(file.toString())
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining(file.getFileName().toString());
            assertThatThrownBy(() -> Probe.of(file)).isInstanceOf(VideoException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m3u8", "ffconcat", "sdp", "mpd"})
    void aPlaylistCannotMakeTheDecoderReadOtherFiles(String kind) throws Exception {
        String name = good.toAbsolutePath().toString();
        String text =
                switch (kind) {
                    case "m3u8" -> "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n" + name + "\n#EXT-X-ENDLIST\n";
                    case "ffconcat" -> "ffconcat version 1.0\nfile '" + name + "'\n";
                    case "sdp" ->
                        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n"
                                + "a=rtpmap:96 H264/90000\n";
                    default ->
                        "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><Period><AdaptationSet>"
                                + "<Representation id=\"1\"><BaseURL>" + name
                                + "</BaseURL></Representation></AdaptationSet>"
                                + "</Period></MPD>";
                };
        for (String ending : new String[] {kind, "mp4"}) {
            Path playlist = Files.writeString(folder.resolve("playlist." + ending), text);
            assertThatThrownBy(() -> decode(playlist)).isInstanceOf(VideoException.class);
        }
    }

    @Test
    void limitsOfFramesPixelsBytesAndTimeHold() {
        DecodeLimits limits = DecodeLimits.standard();
        assertThatThrownBy(() -> decode(good, limits.withMaxFrames(10)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("10");
        assertThatThrownBy(() -> decode(good, limits.withMaxPixels(95 * 64)))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("96x64");
        assertThatThrownBy(() -> decode(good, limits.withMaxBytes(100))).isInstanceOf(VideoException.class);
        assertThatThrownBy(() -> decode(good, limits.withDeadline(Duration.ofNanos(1))))
                .isInstanceOf(VideoException.class);
        assertThat(decode(good, limits.withMaxFrames(FRAMES))).isEqualTo(FRAMES);
    }

    @Test
    void anInterruptedThreadStopsDecoding() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> decode(good)).isInstanceOf(VideoException.class);
        } finally {
            assertThat(Thread.interrupted())
                    .as("the interrupt is kept for the caller")
                    .isTrue();
        }
    }

    @Test
    void manyFilesCanBeOpenedOneAfterTheOtherAlsoWhenEachIsLeftInTheMiddle() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        decode(good);
        long before = count(descriptors);
        for (int i = 0; i < 200; i++) {
            try (Frames frames = Frames.open(good)) {
                assertThat(frames.next().width()).isEqualTo(96);
            }
        }
        assertThat(count(descriptors) - before).as("files left open").isLessThan(10);
    }

    @Test
    void picturesComeFromTheRightMomentAndKeepTheShape() {
        BufferedImage first = Pictures.frameAt(good, 0);
        BufferedImage last = Pictures.frameAt(good, 2.9);
        assertThat(first.getWidth()).isEqualTo(96);
        assertThat(first.getHeight()).isEqualTo(64);
        assertThat(first.getRGB(48, 32) & 0xff).isLessThan(last.getRGB(48, 32) & 0xff);
        assertThat(Pictures.poster(good).getWidth()).isEqualTo(96);
        assertThat(Pictures.contactSheet(good, 4).getWidth()).isGreaterThan(96 * 2);
    }

    private static long decode(Path file) {
        return decode(file, DecodeLimits.standard().withDeadline(Duration.ofSeconds(20)));
    }

    private static long decode(Path file, DecodeLimits limits) {
        long count = 0;
        try (Frames frames = Frames.open(file, limits)) {
            while (frames.hasNext()) {
                frames.next();
                count++;
            }
        }
        return count;
    }

    private static long count(Path descriptors) throws Exception {
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (var files = Files.list(descriptors)) {
            return files.count();
        }
    }

    private static void write(Path file, int width, int height, int frames) {
        try (ClipWriter writer = ClipWriter.open(file, width, height, 10)) {
            for (int i = 0; i < frames; i++) {
                byte[] luma = new byte[width * height];
                new Random(i).nextBytes(luma);
                for (int at = 0; at < luma.length; at++) {
                    luma[at] = (byte) (30 + i * 6 + (luma[at] & 15));
                }
                writer.write(Frame.gray(i, i / 10.0, width, height, luma));
            }
        }
    }
}
