package dev.moviola.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandValueTest {
    @TempDir
    private Path folder;

    @Test
    void theLastNumberIsTheValue() {
        assertThat(CommandValue.read("epoch 1: 3.5\nepoch 2: -1.5e-3 (v2)\n")).isEqualTo(Map.of("", -1.5e-3));
        assertThat(CommandValue.read("loss=7")).isEqualTo(Map.of("", 7.0));
        assertThat(CommandValue.read("loss nan").get("")).isNaN();
    }

    @Test
    void anObjectGivesItsNumbersByName() {
        assertThat(CommandValue.read("epoch 9\n{\"loss\": 0.5, \"note\": \"ok\", \"size\": 3}\n"))
                .isEqualTo(Map.of("loss", 0.5, "size", 3.0));
    }

    @Test
    void whatOnlyLooksLikeJsonIsRefused() {
        assertThatThrownBy(() -> CommandValue.read("{'loss': 0.5}"))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("must be JSON with numbers, but was {'loss': 0.5}");
    }

    @Test
    void aProgramThatPrintsNothingSaysSo() {
        assertThatThrownBy(() -> CommandValue.read(" \n"))
                .hasMessage("the program must print a number or a JSON object of numbers last, but printed nothing");
    }

    @Test
    void valuesStayInsideTheirArgument() throws InterruptedException {
        try (CommandValue program = CommandValue.of("sh -c 'echo $#' sh {text}", CommandOptions.in(folder))) {
            assertThat(program.ask("a", Map.of("text", "one; echo 9 '\"$(x)"))).isEqualTo(Map.of("", 1.0));
        }
    }

    @Test
    void aProgramThatRunsTooLongIsEnded() {
        CommandOptions options = CommandOptions.in(folder).withDeadline(Duration.ofMillis(300));
        try (CommandValue program = CommandValue.of("sleep 600", options)) {
            assertThatThrownBy(() -> program.ask("a", Map.of()))
                    .isInstanceOf(MoviolaException.class)
                    .hasMessageStartingWith("the program ran longer than");
        }
    }
}
