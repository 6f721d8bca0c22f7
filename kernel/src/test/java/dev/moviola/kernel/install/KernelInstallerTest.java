package dev.moviola.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelInstallerTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    @Test
    void theKernelspecSaysHowToStartTheKernelAndHoldsItsJars() throws IOException {
        Path jar = Files.writeString(folder.resolve("library.jar"), "a jar");
        Path other =
                Files.writeString(Files.createDirectory(folder.resolve("other")).resolve("library.jar"), "another");
        Path notebooks = Files.createDirectory(folder.resolve("classes"));
        KernelPlan plan =
                new KernelPlan("my-java", "My Java", JAVA, List.of("-Xmx2g"), List.of(jar, other), List.of(notebooks));

        InstalledKernel kernel = installer().install(plan, false);

        JsonNode spec = new ObjectMapper()
                .readTree(kernel.folder().resolve("kernel.json").toFile());
        assertThat(kernel.folder()).isEqualTo(folder.resolve("prefix/share/jupyter/kernels/my-java"));
        assertThat(spec.path("display_name").asText()).isEqualTo("My Java");
        assertThat(spec.path("language").asText()).isEqualTo("java");
        assertThat(spec.path("interrupt_mode").asText()).isEqualTo("message");
        assertThat(kernel.command())
                .startsWith(JAVA.toString())
                .contains("-Xmx2g", "-Dmoviola.kernel.classpath=" + notebooks)
                .endsWith("dev.moviola.kernel.Main", "{connection_file}");
        String classPath = kernel.command().get(kernel.command().indexOf("-cp") + 1);
        assertThat(Stream.of(classPath.split(File.pathSeparator)).map(Path::of))
                .hasSize(2)
                .allMatch(Files::isRegularFile)
                .allMatch(entry -> entry.startsWith(kernel.folder()));
        assertThat(kernel.folder().resolve("logo-64x64.png")).isNotEmptyFile();
        assertThat(kernel.folder().resolve("logo-svg.svg")).isNotEmptyFile();
    }

    @Test
    void aKernelThatIsThereIsReplacedOnlyWhenAskedTo() throws IOException {
        InstalledKernel first = installer().install(plan("first"), false);

        assertThatThrownBy(() -> installer().install(plan("second"), false))
                .hasMessageContaining(first.folder().toString())
                .hasMessageContaining("--force");
        assertThat(installer().install(plan("second"), true).displayName()).isEqualTo("second");
        try (Stream<Path> left = Files.list(first.folder().getParent())) {
            assertThat(left).as("nothing half done is left").containsExactly(first.folder());
        }
    }

    @Test
    void kernelsOfOthersAreListedAndNotRemovedByAccident() throws IOException {
        installer().install(plan("ours"), false);
        Path foreign = Files.createDirectories(folder.resolve("prefix/share/jupyter/kernels/python3"));
        Files.writeString(foreign.resolve("kernel.json"), "{\"argv\":[\"python\"],\"display_name\":\"Python 3\"}");
        Files.createDirectories(foreign.resolveSibling("broken"));

        assertThat(installer().list()).extracting(InstalledKernel::name).containsExactly("moviola", "python3");
        assertThatThrownBy(() -> installer().uninstall("python3", false)).hasMessageContaining("--force");
        assertThat(foreign).isDirectory();
        assertThatThrownBy(() -> installer().uninstall("absent", false)).hasMessageContaining("[moviola, python3]");
        assertThat(installer().uninstall("moviola", false).folder()).doesNotExist();
        assertThat(installer().uninstall("python3", true).folder()).doesNotExist();
    }

    @Test
    void whatCannotBeInstalledIsRefusedWithTheRule() {
        assertThatThrownBy(() -> plan("x", "two words", JAVA, List.of())).hasMessageContaining("\"two words\"");
        assertThatThrownBy(() -> plan("x", "..", JAVA, List.of())).hasMessageContaining("ASCII letters");
        assertThatThrownBy(() -> plan(" ", "x", JAVA, List.of())).hasMessageContaining("blank");
        assertThatThrownBy(() -> plan("x", "x", folder.resolve("java"), List.of()))
                .hasMessageContaining("--java");
        assertThatThrownBy(() -> plan("x", "x", JAVA, List.of("Xmx2g"))).hasMessageContaining("must begin with -");
        assertThatThrownBy(() ->
                        new KernelPlan("x", "x", JAVA, List.of(), List.of(), List.of(folder.resolve("absent.jar"))))
                .hasMessageContaining("absent.jar");
        Path file = folder.resolve("prefix");
        assertThatThrownBy(() -> {
                    Files.writeString(file, "not a folder");
                    installer().install(plan("x"), false);
                })
                .hasMessageContaining("--prefix");
    }

    @Test
    void thePlaceOfTheUserIsThatOfJupyter() {
        Path home = Path.of("/home/ada");

        assertThat(KernelPlace.user(Map.of(), "Linux", home).kernels())
                .isEqualTo(Path.of("/home/ada/.local/share/jupyter/kernels"));
        assertThat(KernelPlace.user(Map.of("XDG_DATA_HOME", "/data"), "Linux", home)
                        .kernels())
                .isEqualTo(Path.of("/data/jupyter/kernels"));
        assertThat(KernelPlace.user(Map.of("JUPYTER_DATA_DIR", "/own"), "Mac OS X", home)
                        .kernels())
                .isEqualTo(Path.of("/own/kernels"));
        assertThat(KernelPlace.user(Map.of(), "Mac OS X", home).kernels())
                .isEqualTo(Path.of("/home/ada/Library/Jupyter/kernels"));
        assertThat(KernelPlace.user(Map.of("APPDATA", "/roaming"), "Windows 11", home)
                        .kernels())
                .isEqualTo(Path.of("/roaming/jupyter/kernels"));
        assertThat(KernelPlace.sysPrefix().kernels().toString()).endsWith("share/jupyter/kernels");
    }

    @Test
    void theArchiveIsMadeByARealStartAndMadeAnewWhenAJarHasChanged() throws IOException {
        InstalledKernel kernel = installer()
                .install(new KernelPlan("moviola", "Java", JAVA, List.of(), ownClassPath(), List.of()), false);

        Path archive = StartArchive.make(kernel);

        assertThat(archive).isNotEmptyFile();
        byte[] made = Files.readAllBytes(archive);
        Files.delete(archive);
        StartArchive.refresh(kernel.folder());
        assertThat(archive).as("it was made for these jars: not made again").doesNotExist();
        Files.setLastModifiedTime(kernel.folder().resolve("lib/own-0.jar"), FileTime.fromMillis(1_000_000));
        StartArchive.refresh(kernel.folder());
        assertThat(archive).as("a jar has changed").isNotEmptyFile();
        assertThat(made).isNotEmpty();
    }

    @Test
    void aStartThatFailsLeavesNoArchiveAndSaysWhy() {
        InstalledKernel kernel = installer().install(plan("no jars"), false);

        assertThatThrownBy(() -> StartArchive.make(kernel))
                .hasMessageContaining("was not made (exit code 1)")
                .hasMessageContaining("dev.moviola.kernel.Main");
        assertThat(kernel.folder().toFile().list((dir, name) -> name.startsWith("start")))
                .isEmpty();
    }

    /** The class path of this test, its folders of classes made into jars, of which alone an archive can be. */
    private List<Path> ownClassPath() throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path)) {
                jars.add(path);
            } else if (Files.isDirectory(path)) {
                Path jar = folder.resolve("own-" + jars.size() + ".jar");
                try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                        Stream<Path> files = Files.walk(path)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        out.putNextEntry(new JarEntry(path.relativize(file).toString()));
                        Files.copy(file, out);
                    }
                }
                jars.add(jar);
            }
        }
        return jars;
    }

    private KernelInstaller installer() {
        return new KernelInstaller(KernelPlace.prefix(folder.resolve("prefix")));
    }

    private KernelPlan plan(String displayName) {
        return plan(displayName, "moviola", JAVA, List.of());
    }

    private static KernelPlan plan(String displayName, String name, Path java, List<String> options) {
        return new KernelPlan(name, displayName, java, options, List.of(), List.of());
    }
}
