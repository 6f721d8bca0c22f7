package dev.moviola.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipWriterTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackAlmostUnchanged() {
        Path clip = folder.resolve("a.mp4");
        List<Frame> written = TestClips.write(clip, 30, 160, 96, 24);

        List<Frame> read = TestClips.read(clip, DecodeLimits.standard());

        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).index()).isEqualTo(i);
            assertThat(read.get(i).seconds()).isCloseTo(i / 24.0, within(1e-4));
            assertThat(TestClips.psnr(written.get(i).luma(), read.get(i).luma()))
                    .isGreaterThan(36);
            assertThat(TestClips.psnr(written.get(i).cb(), read.get(i).cb())).isGreaterThan(36);
            assertThat(TestClips.psnr(written.get(i).cr(), read.get(i).cr())).isGreaterThan(36);
        }
    }

    @Test
    void theHeaderTellsSizeRateAndLength() {
        Path clip = folder.resolve("ntsc.mp4");
        TestClips.write(clip, 20, 128, 64, 29.97);

        VideoInfo info = Probe.of(clip);

        assertThat(info.width()).isEqualTo(128);
        assertThat(info.height()).isEqualTo(64);
        assertThat(info.frames()).isEqualTo(20);
        assertThat(info.fps()).isCloseTo(30000 / 1001.0, within(1e-9));
        assertThat(info.seconds()).isCloseTo(20 * 1001 / 30000.0, within(1e-3));
        assertThat(info.codec()).isEqualTo("h264");
        assertThat(info.pixelFormat()).isEqualTo("yuv420p");
        assertThat(info.fullRange()).isFalse();
        assertThat(info.bt709()).isFalse();
        assertThat(Probe.thorough(clip, DecodeLimits.standard()).frames()).isEqualTo(20);
    }

    @Test
    void betterQualityCostsMoreBytesAndLosesLess() throws Exception {
        double[] psnr = new double[2];
        long[] size = new long[2];
        int[] quality = {12, 40};
        Frame frame = TestClips.pattern(0, 0, 160, 96);
        for (int i = 0; i < 2; i++) {
            Path clip = folder.resolve(i + ".mp4");
            try (ClipWriter writer =
                    ClipWriter.open(clip, 160, 96, 24, WriteOptions.standard().withQuality(quality[i]))) {
                writer.write(frame);
            }
            size[i] = Files.size(clip);
            psnr[i] = TestClips.psnr(
                    frame.luma(),
                    TestClips.read(clip, DecodeLimits.standard()).get(0).luma());
        }
        assertThat(psnr[0]).isGreaterThan(psnr[1] + 8);
        assertThat(size[0]).isGreaterThan(size[1] * 2);
    }

    @Test
    void framesMayTellTheirOwnTime() {
        Path clip = folder.resolve("vfr.mp4");
        double[] times = {0, 0.04, 0.14, 0.15, 0.5, 1.25};
        try (ClipWriter writer =
                ClipWriter.open(clip, 64, 64, 25, WriteOptions.standard().withFrameTimes())) {
            for (int i = 0; i < times.length; i++) {
                writer.write(TestClips.pattern(i, times[i], 64, 64));
            }
        }
        assertThat(TestClips.read(clip, DecodeLimits.standard()))
                .extracting(Frame::seconds)
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b))
                .containsExactly(0.0, 0.04, 0.14, 0.15, 0.5, 1.25);
    }

    @Test
    void theIndexStandsBeforeTheData() throws Exception {
        Path clip = folder.resolve("fast.mp4");
        TestClips.write(clip, 10, 64, 64, 24);
        String bytes = new String(Files.readAllBytes(clip), StandardCharsets.ISO_8859_1);
        assertThat(bytes.indexOf("moov")).isBetween(0, bytes.indexOf("mdat"));
    }

    @Test
    void anAbandonedClipLeavesNothingBehind() throws Exception {
        Path clip = folder.resolve("gone.mp4");
        try (ClipWriter writer = ClipWriter.open(clip, 64, 64, 24)) {
            writer.write(TestClips.pattern(0, 0, 64, 64));
            writer.abandon();
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFrameOfAnotherSizeIsRefusedAndNothingIsPublished() throws Exception {
        Path clip = folder.resolve("mixed.mp4");
        try (ClipWriter writer = ClipWriter.open(clip, 64, 64, 24)) {
            assertThatThrownBy(() -> writer.write(TestClips.pattern(0, 0, 32, 64)))
                    .isInstanceOf(VideoException.class)
                    .hasMessageContaining("mixed.mp4")
                    .hasMessageContaining("64x64")
                    .hasMessageContaining("32x64");
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void oddSizesAndSenselessRatesAreRefused() {
        assertThatThrownBy(() -> ClipWriter.open(folder.resolve("x.mp4"), 63, 64, 24))
                .hasMessageContaining("even")
                .hasMessageContaining("63x64");
        assertThatThrownBy(() -> ClipWriter.open(folder.resolve("x.mp4"), 64, 64, Double.NaN))
                .hasMessageContaining("NaN");
    }
}
