package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("connection.json"), text);
    }

    @Test
    void isReadWithoutShowingItsKey() throws IOException {
        ConnectionFile read = ConnectionFile.read(file("""
                {"transport": "tcp", "ip": "127.0.0.1", "shell_port": 1, "iopub_port": 2, "stdin_port": 3,
                 "control_port": 4, "hb_port": 5, "signature_scheme": "hmac-sha512", "key": "hidden"}
                """));
        assertThat(read.endpoint(read.control())).isEqualTo("tcp://127.0.0.1:4");
        assertThat(read.hash()).isEqualTo("SHA-512");
        assertThat(read.toString()).doesNotContain("hidden");
    }

    @Test
    void isRefusedWithTheRuleThatItBreaks() throws IOException {
        Path noPort = file("{}");
        assertThatThrownBy(() -> ConnectionFile.read(noPort))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining("1..65535");
        Path carrier = file("{\"transport\": \"pigeon\"}");
        assertThatThrownBy(() -> ConnectionFile.read(carrier)).hasMessageContaining("pigeon");
        Path broken = file("{");
        assertThatThrownBy(() -> ConnectionFile.read(broken)).hasMessageContaining("cannot be read");
    }
}
