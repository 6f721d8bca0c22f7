package dev.moviola.dispatch.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.moviola.dispatch.DeviceMemory;
import dev.moviola.dispatch.DevicePool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaSmiTest {
    @TempDir
    Path folder;

    @Test
    void linesOfIndexAndFreeMemoryAreRead() {
        assertThat(NvidiaSmi.parse("0, 79123\n1, 12\r\n2, [N/A]\nNo devices were found\n, 7\n"))
                .containsExactly(entry("0", 79123L), entry("1", 12L));
    }

    @Test
    void theProgramIsAskedWithItsOwnOptions() throws Exception {
        DeviceMemory memory = smi("[ \"$1\" = --query-gpu=index,memory.free ] && printf '0, 100\\n1, 200\\n'");
        assertThat(memory.freeMebibytes()).containsExactly(entry("0", 100L), entry("1", 200L));
    }

    @Test
    void aProgramThatFailsOrHangsOrIsMissingMeansNoDevice() throws Exception {
        assertThat(smi("echo '0, 100'; exit 9").freeMebibytes()).isEmpty();
        assertThat(smi("sleep 60").freeMebibytes()).isEmpty();
        assertThat(DeviceMemory.nvidiaSmi(List.of("/no/such/nvidia-smi"), Duration.ofSeconds(1))
                        .freeMebibytes())
                .isEmpty();
    }

    @Test
    void aPoolIsMadeOfTheDevicesThatAreFound() throws Exception {
        Optional<DevicePool> pool = DevicePool.detect(script("printf '0, 100\\n1, 200\\n'"), Duration.ofSeconds(20));
        assertThat(pool).hasValueSatisfying(found -> assertThat(found.devices())
                .extracting(device -> device.id())
                .containsExactly("0", "1"));
        assertThat(DevicePool.detect(script("exit 1"), Duration.ofSeconds(20))).isEmpty();
    }

    private DeviceMemory smi(String body) throws Exception {
        return DeviceMemory.nvidiaSmi(script(body), Duration.ofSeconds(2));
    }

    private List<String> script(String body) throws Exception {
        Path script = Files.createTempFile(folder, "nvidia", ".sh");
        Files.writeString(script, body);
        return List.of("sh", script.toString());
    }
}
