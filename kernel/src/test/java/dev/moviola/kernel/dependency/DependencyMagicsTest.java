package dev.moviola.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.KernelClient;
import dev.moviola.kernel.KernelClient.Executed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of our own in a folder, and small libraries of Maven Central. */
class DependencyMagicsTest {
    @TempDir
    static Path folder;

    private static KernelClient client;

    @BeforeAll
    static void start() throws IOException {
        System.setProperty(
                "maven.repo.local",
                Path.of("target", "test-repository").toAbsolutePath().toString());
        Path repository = folder.resolve("repository");
        publish(repository, "low", "1", "", "");
        publish(repository, "low", "2", "", "");
        publish(repository, "low", "1", "tests", "");
        publish(repository, "mid", "1", "", dependency("low", "1"));
        publish(repository, "high", "1", "", dependency("mid", "1") + dependency("low", "2"));
        publish(repository, "broken", "1", "", dependency("absent", "1"));
        Files.writeString(
                Files.createDirectories(repository.resolve("test/moviola/bom/1"))
                        .resolve("bom-1.pom"),
                pom(
                        "bom",
                        "1",
                        "",
                        "<packaging>pom</packaging><dependencyManagement><dependencies>" + dependency("low", "2")
                                + "</dependencies></dependencyManagement>"));
        client = new KernelClient(folder);
        client.execute("%mavenRepo folder " + repository);
    }

    @AfterAll
    static void stop() {
        client.close();
        System.clearProperty("maven.repo.local");
    }

    private static String dependency(String artifact, String version) {
        return "<dependency><groupId>test.moviola</groupId><artifactId>" + artifact + "</artifactId><version>" + version
                + "</version></dependency>";
    }

    private static String pom(String artifact, String version, String dependencies, String more) {
        return "<project><modelVersion>4.0.0</modelVersion><groupId>test.moviola</groupId><artifactId>" + artifact
                + "</artifactId><version>" + version + "</version>" + more + "<dependencies>" + dependencies
                + "</dependencies></project>";
    }

    /** A jar with a class {@code test.moviola.<artifact>.Version} that tells its version. */
    private static void publish(
            Path repository, String artifact, String version, String classifier, String dependencies)
            throws IOException {
        Path home = Files.createDirectories(
                repository.resolve("test/moviola").resolve(artifact).resolve(version));
        Files.writeString(home.resolve(artifact + "-" + version + ".pom"), pom(artifact, version, dependencies, ""));
        String suffix = classifier.isEmpty() ? "" : "-" + classifier;
        jar(home.resolve(artifact + "-" + version + suffix + ".jar"), "test.moviola." + artifact + classifier, version);
    }

    private static void jar(Path file, String home, String version) throws IOException {
        Path work = Files.createTempDirectory(folder, "compile");
        Path source = Files.writeString(
                work.resolve("Version.java"),
                "package " + home + "; public class Version { public static String tell() { return \"" + version
                        + "\"; } }");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "--release", "17", "-proc:none", "-d", work.toString(), source.toString());
        assertThat(compiled).isZero();
        String entry = home.replace('.', '/') + "/Version.class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(entry));
            jar.write(Files.readAllBytes(work.resolve(entry)));
        }
    }

    private static void ok(Executed executed) {
        assertThat(executed.status()).as(executed.traceback()).isEqualTo("ok");
    }

    @Test
    void aLibraryBringsWhatItNeedsInTheNearestVersion() throws IOException {
        try (KernelClient fresh = fresh("high")) {
            Executed executed = fresh.execute("//DEPS test.moviola:high:1\n"
                    + "test.moviola.low.Version.tell() + test.moviola.mid.Version.tell()");

            ok(executed);
            assertThat(executed.result()).isEqualTo("21");
        }
    }

    @Test
    void aVersionThatIsThereStaysAndTheUserIsTold() throws IOException {
        try (KernelClient fresh = fresh("conflict")) {
            ok(fresh.execute("%maven test.moviola:mid:1"));
            Executed later = fresh.execute("%maven test.moviola:low:2\ntest.moviola.low.Version.tell()");

            assertThat(later.result()).isEqualTo("1");
            assertThat(later.printed("stderr"))
                    .isEqualTo("low 1 is on the class path already and stays; 2 takes its place after a restart\n");
            ok(fresh.execute("%maven test.moviola:high:1"));
            assertThat(fresh.execute("%dependency /list").printed("stdout"))
                    .isEqualTo("test.moviola:mid:1\ntest.moviola:low:1\ntest.moviola:high:1\n");
        }
    }

    private static KernelClient fresh(String name) throws IOException {
        KernelClient fresh = new KernelClient(Files.createDirectories(folder.resolve(name)));
        fresh.execute("//REPOS folder=" + folder.resolve("repository").toUri());
        return fresh;
    }

    @Test
    void aBomGivesTheVersionsThatAreLeftOut() throws IOException {
        try (KernelClient fresh = fresh("bom")) {
            ok(fresh.execute("//DEPS test.moviola:bom:1@pom\n//DEPS test.moviola:low"));
            assertThat(fresh.execute("test.moviola.low.Version.tell()").result())
                    .isEqualTo("2");
            assertThat(fresh.execute("%maven test.moviola:mid").traceback()).contains("there is no version for");
        }
    }

    @Test
    void classifiersAndPackagingsAreKnown() {
        ok(client.execute("%maven test.moviola:low:test-jar:1"));
        assertThat(client.execute("test.moviola.lowtests.Version.tell()").result())
                .isEqualTo("1");
        ok(client.execute("%addMavenDependency test.moviola:low:jar:tests:1"));
        ok(client.execute("%dependency /add test.moviola:low:bundle:1"));
    }

    @Test
    void aWrongCoordinateGetsOneClearLine() {
        long start = System.nanoTime();
        String missing =
                client.execute("%maven --offline test.moviola:nothing:1").traceback();
        String transitive = client.execute("%maven test.moviola:broken:1").traceback();

        assertThat(missing)
                .isEqualTo("line 1: there is no test.moviola:nothing:jar:1 in the local repository, and this request is"
                        + " offline; check group, artifact and version");
        assertThat(transitive.lines()).hasSize(1);
        assertThat(transitive).contains("there is no test.moviola:absent:jar:1 in central, folder");
        assertThat(client.execute("%maven junk").traceback())
                .contains("an artifact must look like")
                .contains("\"junk\"");
        assertThat(client.execute("%maven").traceback()).contains("at least one artifact");
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }

    @Test
    void aLibraryOfCentralIsFetchedBesideAFurtherRepository() {
        Executed executed = client.execute(
                "%mavenRepo central " + folder.resolve("nowhere") + "\n%maven org.apache.commons:commons-csv:1.9.0\n"
                        + "org.apache.commons.csv.CSVFormat.DEFAULT.format(1, \"a,b\")");

        ok(executed);
        assertThat(executed.result()).isEqualTo("1,\"a,b\"");
    }

    @Test
    void piecesOfAPomAreEnough() throws IOException {
        Path pom = Files.writeString(folder.resolve("a-pom.xml"), pom("mine", "1", dependency("low", "1"), ""));
        try (KernelClient fresh = fresh("pom")) {
            ok(fresh.execute("%loadFromPOM " + pom + "\ntest.moviola.low.Version.tell()"));
            ok(fresh.execute("%%loadFromPOM\n" + dependency("mid", "1") + "\n<repository><id>more</id><url>"
                    + folder.resolve("repository").toUri() + "</url></repository>"));
            assertThat(fresh.execute("test.moviola.mid.Version.tell()").result())
                    .isEqualTo("1");
            assertThat(fresh.execute("%dependency /list-repos").printed("stdout"))
                    .contains("more file:");
            assertThat(fresh.execute("%%loadFromPOM\n<dependency>").traceback()).contains("this is not XML of a POM");
            assertThat(fresh.execute("%loadFromPOM absent.xml").traceback()).contains("there is no file");
        }
    }

    @Test
    void jarsOfThisMachineAreAddedByPatterns() throws IOException {
        for (Map.Entry<String, String> each :
                Map.of("one", "lib/a", "two", "lib/b").entrySet()) {
            Path home = Files.createDirectories(folder.resolve(each.getValue()));
            jar(home.resolve(each.getKey() + ".jar"), "local." + each.getKey(), each.getKey());
        }

        ok(client.execute("%classpath " + folder + "/lib/*/one.jar"));
        ok(client.execute("%jars " + folder + "/lib/**.jar"));

        assertThat(client.execute("local.one.Version.tell() + local.two.Version.tell()")
                        .result())
                .isEqualTo("onetwo");
        assertThat(client.execute("%classpath").printed("stdout"))
                .contains("one.jar")
                .contains("two.jar");
    }

    @Test
    void jarsThatAreMissingAreToldWithoutAnError() {
        Executed executed = client.execute("%jars " + folder + "/lib/*.war\n1 + 1");

        assertThat(executed.printed("stderr")).contains("nothing on this machine matches");
        assertThat(executed.result()).isEqualTo("2");
    }

    @Test
    void aLibraryInsideIJavaIsAddedWhenItIsImported() {
        Executed executed =
                client.execute("import org.apache.commons.lang3.ArrayUtils;\nArrayUtils.add(new int[] {1}, 2).length");

        assertThat(executed.result()).as(executed.traceback()).isEqualTo("2");
        assertThat(executed.printed("stderr")).contains("%maven org.apache.commons:commons-lang3:");
        assertThat(client.execute("import org.apache.commons.lang3.StringUtils;")
                        .printed("stderr"))
                .isEmpty();
    }

    @Test
    void theSpellingsOfRapaioTakeValuesOfVariables() {
        ok(client.execute("String place = \"" + folder.resolve("repository") + "\";\nint version = 1;"));

        ok(client.execute("%dependency /add-repo rapaio \\{place} release|never snapshot|always\n"
                + "%dependency /add test.moviola:mid:\\{version}"));

        assertThat(client.execute("%dependency /list-repos").printed("stdout")).contains("rapaio");
        assertThat(client.execute("%maven test.moviola:mid:\\{nothing}").traceback())
                .contains("test.moviola:mid:\\{nothing}");
    }

    @Test
    void theSpellingsOfBeakerXAddJarsAndLibraries() throws IOException {
        Path home = Files.createDirectories(folder.resolve("beaker"));
        jar(home.resolve("three.jar"), "local.three", "three");

        ok(client.execute("%classpath add jar " + home + "/three.jar"));
        ok(client.execute("%classpath config resolver again " + folder.resolve("repository")));
        ok(client.execute("%classpath add mvn test.moviola low 1"));

        assertThat(client.execute("local.three.Version.tell()").result()).isEqualTo("three");
        assertThat(client.execute("%classpath").printed("stdout")).contains("low-");
    }

    @Test
    void aJarBringsItsMagicsAndExtensions() throws IOException {
        Path work = Files.createDirectories(folder.resolve("extension"));
        Path source = Files.writeString(
                work.resolve("Extra.java"),
                "package extra; import dev.moviola.kernel.magic.*; import java.util.*;"
                        + "public class Extra implements Magic, Extension {"
                        + "public Set<String> names() { return Set.of(\"extra\"); }"
                        + "public String summary() { return \"more\"; }"
                        + "public Object execute(String n, String a, String b, MagicContext c) { return a + \"!\"; }"
                        + "public void install(MagicContext c) throws Exception { c.eval(\"int installed = 7;\"); } }");
        ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        work.toString(),
                        source.toString());
        Path services = Files.createDirectories(work.resolve("META-INF/services"));
        for (String service : List.of("Magic", "Extension")) {
            Files.write(
                    services.resolve("dev.moviola.kernel.magic." + service),
                    "extra.Extra".getBytes(StandardCharsets.UTF_8));
        }

        ok(client.execute("%classpath " + work));

        assertThat(client.execute("%extra hello").result()).isEqualTo("hello!");
        assertThat(client.execute("installed").result()).isEqualTo("7");
    }

    @Test
    void theResolverOfTheKernelIsNotSeenByCells() {
        assertThat(client.execute("org.eclipse.aether.artifact.Artifact a = null;")
                        .status())
                .isEqualTo("error");
        assertThat(client.execute("eu.maveniverse.maven.mima.context.Context c = null;")
                        .status())
                .isEqualTo("error");
    }

    @Test
    void inspectionFetchesTheSourcesOfALibraryOnlyWhenAsked() throws IOException {
        client.execute("%maven test.moviola:low:2");
        Path home = folder.resolve("repository/test/moviola/low/2");
        try (OutputStream out = Files.newOutputStream(home.resolve("low-2-sources.jar"));
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new JarEntry("test/moviola/low/Version.java"));
            zip.write("package test.moviola.low;\n/** Tells <b>which</b> one it is. */\npublic class Version {}"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Path local = Path.of("target", "test-repository/test/moviola/low/2/low-2-sources.jar");
        Files.deleteIfExists(local);

        var reply = client.ask(
                "inspect_request",
                dev.moviola.kernel.protocol.Message.object()
                        .put("code", "test.moviola.low.Version")
                        .put("cursor_pos", 24)
                        .put("detail_level", 0));

        assertThat(reply.at("/data/text~1plain").asText()).contains("Tells which one it is.");
        assertThat(reply.at("/data/text~1html").asText()).contains("Tells <b>which</b> one it is.");
        assertThat(local).exists();
    }
}
