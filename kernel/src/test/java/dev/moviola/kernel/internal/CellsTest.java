package dev.moviola.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CellsTest {
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aCellThatComesAfterTheEndIsStoppedAtOnce() {
        Cells cells = new Cells();
        cells.close();
        cells.open();

        Cells.Executed executed =
                cells.execute(1, "while (true) {}", (type, content) -> {}, (prompt, password) -> "", Map.of());

        assertThat(Objects.requireNonNull(executed.error()).name()).isEqualTo("Interrupted");
        cells.engine().close();
    }
}
