package dev.moviola.cli.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void coloursAreLeftOutWhereTheUserSaysSo() {
        assertThat(of(Map.of("TERM", "xterm")).colours()).isTrue();
        assertThat(of(Map.of("TERM", "xterm", "NO_COLOR", "1")).colours()).isFalse();
        assertThat(of(Map.of("TERM", "dumb")).rewrites()).isFalse();
        assertThat(of(Map.of()).rewrites()).isFalse();
    }

    @Test
    void theWidthIsThatOfTheEnvironmentIfItMakesSense() {
        assertThat(of(Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        assertThat(of(Map.of("COLUMNS", "3")).width()).isEqualTo(20);
        assertThat(of(Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
    }

    @Test
    void thisProcessHasAWidth() {
        assertThat(Terminal.ofThisProcess().width()).isPositive();
    }

    private static Terminal of(Map<String, String> environment) {
        return Terminal.of(true, true, true, environment);
    }
}
