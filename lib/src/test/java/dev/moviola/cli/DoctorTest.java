package dev.moviola.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
import dev.moviola.backend.Keys;
import dev.moviola.cli.Doctor.Finding;
import dev.moviola.cli.Doctor.State;
import dev.moviola.dispatch.DeviceMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path folder;

    @Test
    void itTellsOfJavaMemoryAndDisk() {
        List<Finding> findings = look(Map.of(), Map::of);

        assertThat(findings).extracting(Finding::what).startsWith("java", "memory", "disk", "decoder");
        assertThat(findings.get(3).text()).isEqualTo("made and read a clip of 12 frames");
        assertThat(findings).noneMatch(finding -> finding.state() == State.FAULT);
        assertThat(findings.get(0).text()).contains(Runtime.version().toString());
    }

    @Test
    void gpusAreToldWithTheirFreeMemory() {
        assertThat(look(Map.of(), () -> Map.of("0", 81_000L)))
                .contains(new Finding("gpu 0", State.OK, "81,000 MiB free", ""));
        assertThat(look(Map.of(), Map::of)).anyMatch(finding -> finding.text().startsWith("none"));
        assertThat(look(Map.of(), () -> {
                    throw new MoviolaException("nvidia-smi does not answer");
                }))
                .contains(new Finding("gpu", State.NOTE, "nvidia-smi does not answer", ""));
    }

    @Test
    void aKeyIsToldToBeThereAndNeverShown() {
        List<Finding> findings = look(Map.of(Keys.XAI, "xai-secret"), Map::of);

        assertThat(findings).contains(new Finding(Keys.XAI, State.OK, "present", ""));
        assertThat(findings.toString()).doesNotContain("secret");
        assertThat(look(Map.of(), Map::of))
                .anyMatch(finding -> finding.what().equals(Keys.XAI)
                        && finding.text().equals("not set")
                        && finding.advice().contains("--set-key"));
    }

    @Test
    void aStoredKeyIsFoundAndAFileForAllEyesIsWarnedOf() throws IOException {
        Keys.of(Map.of(), folder).store(Keys.XAI, ApiKey.of("xai-secret"));
        assertThat(look(Map.of(), Map::of)).contains(new Finding(Keys.XAI, State.OK, "present", ""));

        Files.setPosixFilePermissions(folder.resolve(".env"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(look(Map.of(), Map::of))
                .anyMatch(finding ->
                        finding.what().equals(".env") && finding.text().contains("chmod 600"));
    }

    @Test
    void aBrokenEnvFileIsAFault() throws IOException {
        Files.writeString(folder.resolve(".env"), "this is not a setting\n");

        assertThat(look(Map.of(), Map::of))
                .anyMatch(finding -> finding.what().equals(Keys.XAI) && finding.state() == State.FAULT);
    }

    @Test
    void aFolderThatIsNotThereIsAFault() {
        List<Finding> findings = new Doctor(folder.resolve("none"), Keys.of(Map.of(), folder), Map::of).look();

        assertThat(findings.get(2).state()).isEqualTo(State.FAULT);
    }

    @Test
    void aTestClipIsMadeDecodedAndScored() {
        Finding generation = Doctor.generation();

        assertThat(generation.state()).isEqualTo(State.OK);
        assertThat(generation.text()).matches("made, decoded and scored a clip of 24 frames: [0-9.]+ of 100");
    }

    private List<Finding> look(Map<String, String> environment, DeviceMemory devices) {
        return new Doctor(folder, Keys.of(environment, folder), devices).look();
    }
}
