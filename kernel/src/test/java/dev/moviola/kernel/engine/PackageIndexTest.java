package dev.moviola.kernel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageIndexTest {
    @TempDir
    private Path home;

    private Path one;
    private Path two;

    @BeforeEach
    void jars() throws IOException {
        one = jar("one.jar", "a/b/C.class", "a/D.class", "notes/read.txt");
        two = jar("two.jar", "META-INF/versions/11/x/Y.class", "a/E.class", "Top.class");
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = home.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return jar;
    }

    @Test
    void aPackageIsWhereItsClassesAre() throws IOException {
        PackageIndex index = new PackageIndex(null);
        Files.createDirectories(home.resolve("folder/p/q"));

        assertThat(index.has(one, "a.b")).isTrue();
        assertThat(index.has(one, "a")).isTrue();
        assertThat(index.has(one, "notes")).isFalse();
        assertThat(index.has(two, "x")).isTrue();
        assertThat(index.has(two, "")).isTrue();
        assertThat(index.has(one, "")).isFalse();
        assertThat(index.has(home.resolve("folder"), "p.q")).isTrue();
        assertThat(index.has(home.resolve("folder"), "p.r")).isFalse();
        assertThat(index.has(home.resolve("absent.jar"), "a")).isFalse();
    }

    @Test
    void whatWasReadOnceIsKeptUntilTheJarChanges() throws IOException {
        new PackageIndex(home).learn(List.of(one, two));
        Path kept = home.resolve("packages.txt");
        Files.writeString(kept, Files.readString(kept).replace("a,a.b", "a,kept"));

        PackageIndex later = new PackageIndex(home);
        later.learn(List.of(one, two));
        assertThat(later.has(one, "kept")).isTrue();

        jar("one.jar", "other/Longer.class", "and/More.class", "and/Still.class");
        PackageIndex changed = new PackageIndex(home);
        changed.learn(List.of(one, two));
        assertThat(changed.has(one, "kept")).isFalse();
        assertThat(changed.has(one, "other")).isTrue();
        assertThat(changed.has(two, "x")).isTrue();
    }

    @Test
    void aBrokenFileIsWrittenAnewAndJarsFromElsewhereAreNotKept(@TempDir Path elsewhere) throws IOException {
        Files.writeString(home.resolve("packages.txt"), "nonsense\n");
        Path other = Files.copy(two, elsewhere.resolve("two.jar"));

        PackageIndex index = new PackageIndex(home);
        index.learn(List.of(one, other));

        assertThat(index.has(other, "x")).isTrue();
        assertThat(home.resolve("packages.txt")).content().contains("one.jar").doesNotContain(elsewhere.toString());
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void theCompilerFindsWhatIsOnTheClassPathInItsOrder() throws IOException {
        AtomicBoolean extended = new AtomicBoolean();
        try (CompilerFiles files = new CompilerFiles(
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, null),
                () -> List.of(one, two),
                new PackageIndex(null),
                extended::get)) {
            assertThat(files.list(StandardLocation.CLASS_PATH, "a", Set.of(JavaFileObject.Kind.CLASS), false))
                    .extracting(file -> files.inferBinaryName(StandardLocation.CLASS_PATH, file))
                    .containsExactly("a.D", "a.E");
            assertThat(files.list(StandardLocation.CLASS_PATH, "none", Set.of(JavaFileObject.Kind.CLASS), false))
                    .isEmpty();
            assertThat(files.getJavaFileForInput(StandardLocation.CLASS_PATH, "a.E", JavaFileObject.Kind.CLASS))
                    .isNotNull();
            assertThat(files.getJavaFileForInput(StandardLocation.CLASS_PATH, "a.F", JavaFileObject.Kind.CLASS))
                    .isNull();
            assertThat(files.getClassLoader(StandardLocation.CLASS_PATH))
                    .as("where plugins are looked for while the notebook added nothing")
                    .isEqualTo(ClassLoader.getPlatformClassLoader());
            extended.set(true);
            assertThat(files.getClassLoader(StandardLocation.CLASS_PATH))
                    .isNotEqualTo(ClassLoader.getPlatformClassLoader());
        }
    }
}
