package dev.moviola.tests;

import static dev.moviola.tests.CommandLine.ROOT;
import static dev.moviola.tests.CommandLineAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkout whose path has a blank, an umlaut and a quote, and verbs that are called from other places. */
class ElsewhereIT {
    @TempDir
    private static Path shared;

    private static Path checkout;

    @TempDir
    private Path folder;

    @BeforeAll
    static void copyTheCheckout() throws IOException {
        checkout = Files.createDirectory(shared.resolve("Bj\u00f6rn's new film"));
        for (String name : List.of("jbang", "jbang-catalog.json", "scripts", "pom.xml", "lib", "kernel", "tests")) {
            copy(ROOT.resolve(name), checkout.resolve(name));
        }
        copy(ROOT.resolve(".jbang/jbang.jar"), checkout.resolve(".jbang/jbang.jar"));
        // The library in the Maven repository is that of the same sources.
        Files.writeString(checkout.resolve(".jbang/built"), System.getProperty("moviola.repository") + "\n");
    }

    @Test
    void helpAndACampaignWorkInAPathWithABlankAnUmlautAndAQuote() {
        assertThat(jbang("mutate", "--help")).exitedWith(0).outContains("Usage: ./jbang mutate");

        CommandLineResult campaign = jbang("campaign", "--variants", "2", "--duration", "1", "--json");
        assertThat(campaign).exitedWith(0);
        Path report = Path.of(assertThat(campaign).json().get("report").asText());
        assertThat(report).isNotEmptyFile().startsWith(real(checkout));
        assertThat(jbang("mutate", "--variants", "1")).exitedWith(0).outContains("samurai");
    }

    @Test
    void howAVerbIsStartedIsLearntOnce() throws IOException {
        // Where JBang keeps what it fetches comes last among what the answer holds for; without a place it is empty.
        for (String place : List.of("jbang", "ends in a blank ")) {
            Map<String, String> environment =
                    Map.of("JBANG_DIR", folder.resolve(place).toString());
            List<String> status = List.of("./jbang", "status", "--help");
            assertThat(CommandLine.run(status, checkout, environment)).exitedWith(0);
            Path learnt = checkout.resolve(".jbang/cmd/status");
            Object before = Files.getLastModifiedTime(learnt);

            assertThat(CommandLine.run(status, checkout, environment)).exitedWith(0);
            assertThat(Files.getLastModifiedTime(learnt)).as(place).isEqualTo(before);
        }
    }

    @Test
    void theCatalogWorksFromAnotherFolder() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("other place"));
        List<String> words = List.of("mutate@" + ROOT.resolve("jbang-catalog.json"), "--out", "variants.jsonl");

        assertThat(CommandLine.jbang(empty, words)).exitedWith(0);
        assertThat(empty.resolve("variants.jsonl")).isNotEmptyFile();
    }

    @Test
    void theTemplatesAreARunnableStart() {
        String catalog = "@" + ROOT.resolve("jbang-catalog.json");
        assertThat(CommandLine.jbang(folder, List.of("init", "-t", "moviola-scorer" + catalog, "Mine.java")))
                .exitedWith(0);
        assertThat(CommandLine.jbang(folder, List.of("init", "-t", "moviola-sweep" + catalog, "Search.java")))
                .exitedWith(0);

        assertThat(CommandLine.jbang(folder, List.of("Mine.java")))
                .exitedWith(0)
                .outContains("overall  worst")
                .outContains("rehearsal.mp4");
        CommandLineResult first = CommandLine.jbang(folder, List.of("Search.java"));
        assertThat(first).exitedWith(0).outContains("the best of 30 trials").outContains("run runs");
        String run = first.out().substring(first.out().lastIndexOf("run ") + 4).strip();
        assertThat(CommandLine.jbang(folder, List.of("Search.java", run)))
                .exitedWith(0)
                .outContains("the best of");
    }

    @Test
    void withoutAWordTheVerbsAreListed() {
        assertThat(CommandLine.jbang(folder, List.of()))
                .exitedWith(0)
                .outContains("campaign")
                .outContains("roast");
    }

    private CommandLineResult jbang(String... words) {
        return CommandLine.run(
                Stream.concat(Stream.of("./jbang"), Stream.of(words)).toList(), checkout, Map.of());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !from.relativize(file).startsWith("target"))
                    .forEach(file ->
                            copyFile(file, to.resolve(from.relativize(file).toString())));
        }
    }

    private static void copyFile(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
