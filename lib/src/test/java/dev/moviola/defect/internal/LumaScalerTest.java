package dev.moviola.defect.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.moviola.video.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaScalerTest {
    @ParameterizedTest
    @CsvSource({
        "320, 180, 320, 180",
        "854, 480, 320, 180",
        "1280, 720, 320, 180",
        "1920, 1080, 320, 180",
        "480, 854, 180, 320",
        "720, 576, 226, 180",
        "641, 361, 320, 180",
        "160, 120, 160, 120",
        "16, 9, 114, 64",
        "4000, 20, 1440, 64"
    })
    void aClipOfAnySizeIsJudgedAtAShortSideOf180(int width, int height, int workingWidth, int workingHeight) {
        LumaScaler scaler = new LumaScaler(width, height);
        assertThat(scaler.width).isEqualTo(workingWidth);
        assertThat(scaler.height).isEqualTo(workingHeight);
    }

    @ParameterizedTest
    @CsvSource({"854, 480", "720, 576", "640, 360", "333, 201", "1001, 999"})
    void aRampStaysTheSameRamp(int width, int height) {
        byte[] luma = new byte[width * height];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) (255 * (i % width) / (width - 1));
        }
        LumaScaler scaler = new LumaScaler(width, height);
        float[] out = new float[scaler.width * scaler.height];
        scaler.scale(Frame.gray(0, 0, width, height, luma), out);
        for (int i = 0; i < out.length; i++) {
            double expected = 255 * ((i % scaler.width + 0.5) / scaler.width - 0.5 / width) * width / (width - 1);
            assertThat((double) out[i]).isCloseTo(expected, within(1.0));
        }
    }

    @Test
    void grainIsAveragedOut() {
        byte[] luma = new byte[1280 * 720];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = (byte) ((i % 1280 + i / 1280) % 2 == 0 ? 96 : 160);
        }
        LumaScaler scaler = new LumaScaler(1280, 720);
        float[] out = new float[scaler.width * scaler.height];
        scaler.scale(Frame.gray(0, 0, 1280, 720, luma), out);
        for (float value : out) {
            assertThat(value).isCloseTo(128f, within(0.01f));
        }
    }
}
