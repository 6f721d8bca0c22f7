package dev.moviola.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "A=plain|plain",
                "export A=plain|plain",
                "  A = plain  |plain",
                "A=with # comment|with",
                "A=with#inside|with#inside",
                "A='single $x \\n' # comment|single $x \\n",
                "A=\"double \\\"quoted\\\" \\$x \\\\\"|double \"quoted\" $x \\",
                "A=1=2|1=2"
            })
    void aLineIsReadAsDescribed(String line, String value) throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "# a comment\n\n" + line + "\r\n");
        assertThat(DotEnv.read(file).get("A")).contains(value);
    }

    @Test
    void theLastOfEqualNamesWinsAndAnEmptyValueIsAValue() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "A=1\nB=\nA=2");
        DotEnv read = DotEnv.read(file);
        assertThat(read.get("A")).contains("2");
        assertThat(read.get("B")).contains("");
        assertThat(read.get("C")).isEmpty();
        assertThat(read.names()).containsExactlyInAnyOrder("A", "B");
        assertThat(read).hasToString("DotEnv[A, B]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECRET", "9A=SECRET", "A='SECRET", "A=\"SECRET", "A=\"SECRET\\x\"", "A='SECRET' SECRET"})
    void aLineThatIsWrongIsNamedButNotShown(String line) throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "B=1\n" + line + "\n");
        assertThatThrownBy(() -> DotEnv.read(file))
                .isInstanceOf(MoviolaException.class)
                .hasMessageContaining(".env, line 2")
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void aFileThatIsTooLargeOrNotTextIsRefused() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[70_000]);
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'A', '=', (byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> DotEnv.read(large)).hasMessageContaining("at most 65536 bytes");
        assertThatThrownBy(() -> DotEnv.read(binary)).hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> DotEnv.read(folder.resolve("absent"))).hasMessageContaining("cannot read");
    }

    @Test
    void settingANameKeepsTheOtherLines() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "# mine\nA=old\nB='b'\nA=older\nodd line\n");
        DotEnv.set(file, "A", "new value");
        assertThat(file).hasContent("# mine\nA=\"new value\"\nB='b'\nodd line\n");
        DotEnv.set(file, "C", "c");
        assertThat(file).hasContent("# mine\nA=\"new value\"\nB='b'\nodd line\nC=c\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void aFileThatWasSetCanBeReadByItsOwnerOnly() throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "A=1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(DotEnv.warnings(file)).singleElement().asString().contains("rw-r--r--", "chmod 600");
        DotEnv.set(file, "A", "2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(DotEnv.warnings(file)).isEmpty();
        assertThat(DotEnv.warnings(folder.resolve("absent"))).isEmpty();
    }

    @Test
    void namesAndValuesThatAFileCannotHoldAreRefused() {
        Path file = folder.resolve(".env");
        assertThatThrownBy(() -> DotEnv.set(file, "A B", "1")).hasMessageContaining("letters, digits and _");
        assertThatThrownBy(() -> DotEnv.set(file, "A", "1\0")).hasMessageContaining("NUL");
        assertThat(file).doesNotExist();
    }

    @Property(tries = 300)
    void whatIsSetIsRead(@ForAll @StringLength(max = 40) String value) throws IOException {
        Assume.that(value.indexOf('\0') < 0);
        Assume.that(java.nio.charset.StandardCharsets.UTF_8.newEncoder().canEncode(value));
        Path own = Files.createTempDirectory("dotenv");
        Path file = own.resolve(".env");
        try {
            DotEnv.set(file, "OTHER", "kept");
            DotEnv.set(file, "A", value);
            assertThat(DotEnv.read(file).get("A")).contains(value);
            assertThat(DotEnv.read(file).get("OTHER")).contains("kept");
        } finally {
            Files.delete(file);
            Files.delete(own);
        }
    }

    @Property(tries = 300)
    void anyTextIsReadOrRefusedInWords(@ForAll @StringLength(max = 80) String text) throws IOException {
        Path file = Files.createTempFile("dotenv", ".env");
        try {
            Files.write(file, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            try {
                assertThat(DotEnv.read(file).names()).allMatch(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
            } catch (MoviolaException e) {
                assertThat(e).hasMessageContaining("line ");
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theEnvironmentComesBeforeTheFile() throws IOException {
        Files.writeString(folder.resolve(".env"), "XAI_API_KEY=from-file\n");
        assertThat(Keys.of(Map.of("XAI_API_KEY", "from-environment"), folder)
                        .require(Keys.XAI)
                        .reveal())
                .isEqualTo("from-environment");
        assertThat(Keys.of(Map.of("XAI_API_KEY", " "), folder).require(Keys.XAI).reveal())
                .isEqualTo("from-file");
        assertThat(Keys.standard().file()).hasFileName(".env").isAbsolute();
    }

    @Test
    void aMissingKeySaysHowToProvideIt() {
        Keys keys = Keys.of(Map.of(), folder);
        assertThat(keys.find(Keys.XAI)).isEmpty();
        assertThatThrownBy(() -> keys.require(Keys.XAI))
                .isInstanceOf(MissingKeyException.class)
                .hasMessageContaining("XAI_API_KEY")
                .hasMessageContaining("--set-key");
    }

    @Test
    void aStoredKeyIsFoundAndNeverPrinted() {
        Keys keys = Keys.of(Map.of(), folder);
        keys.store(Keys.XAI, ApiKey.of("xai-SECRET"));
        ApiKey key = keys.require(Keys.XAI);
        assertThat(key.reveal()).isEqualTo("xai-SECRET");
        assertThat(key).isEqualTo(ApiKey.of(" xai-SECRET\n")).hasSameHashCodeAs(ApiKey.of("xai-SECRET"));
        assertThat(key + " " + keys).doesNotContain("SECRET").contains("ApiKey(…)");
        assertThat(keys.warnings()).isEmpty();
        assertThat(key.scrub("bad key xai-SECRET!")).isEqualTo("bad key (key)!");
        assertThat(ApiKey.of("a").scrub("a cat")).isEqualTo("a cat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "SECRET two", "SECRET\nX: y", "SECRETé"})
    void aKeyThatCannotBeOneIsRefusedWithoutShowingIt(String text) {
        assertThatThrownBy(() -> ApiKey.of(text))
                .isInstanceOf(MoviolaException.class)
                .hasMessageNotContaining("SECRET");
    }
}
