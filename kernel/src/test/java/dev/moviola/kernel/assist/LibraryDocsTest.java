package dev.moviola.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryDocsTest {
    private static final String SOURCE = """
            package test.docs;

            import java.util.List;

            /** A shelf of books. */
            public class Shelf {
                /** How many fit. */
                public static final int ROOM = 9;

                /** An empty shelf. */
                public Shelf() {}

                /** A shelf of that size. */
                public Shelf(int size) {}

                /** Puts a title on it. */
                public void put(String title) {}

                /** Puts many on it. */
                public <T extends Comparable<T>> void put(List<T> titles) {}

                public void silent() {}

                /** A board of it. */
                public static class Board {
                    /** Lifts it. */
                    public void lift(java.util.Map.Entry<String, Integer> by, int... steps) {}
                }
            }
            """;

    private static final String PAGE = """
            <section class="class-description"><div class="block">A shelf of books.</div></section>
            <section class="detail" id="ROOM"><div class="block">How many fit.</div></section>
            <section class="detail" id="&lt;init&gt;(int)"><div class="block">A shelf of that size.</div></section>
            <section class="detail" id="silent()"></section>
            <section class="detail" id="put(java.lang.String)"><div class="block">Puts a <b>title</b> on it.</div></section>
            <a name="old-java.lang.String-int-"></a><div class="block">The old way.</div>
            """;

    @TempDir
    Path folder;

    private Path library;

    @BeforeEach
    void aLibrary() throws IOException {
        library = jar("shelf-1.jar", Map.of("test/docs/Shelf.class", "", "test/docs/Shelf$Board.class", ""));
    }

    private Path jar(String name, Map<String, String> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private String docs(LibraryDocs docs, String signature) {
        return docs.javadoc(signature, List.of("test.docs.*"), List.of(library));
    }

    @Test
    void everySignatureFindsItsCommentInTheSources() throws IOException {
        Path sources = jar("shelf-1-sources.jar", Map.of("test/docs/Shelf.java", SOURCE));
        LibraryDocs docs =
                new LibraryDocs(jar -> Optional.of(sources), new TypeIndex(), ClassLoader::getSystemClassLoader);

        assertThat(docs(docs, "test.docs.Shelf")).isEqualTo("A shelf of books.");
        assertThat(docs(docs, "Shelf.ROOM:int")).isEqualTo("How many fit.");
        assertThat(docs(docs, "Shelf()")).isEqualTo("An empty shelf.");
        assertThat(docs(docs, "Shelf(int size) throws java.io.IOException")).isEqualTo("A shelf of that size.");
        assertThat(docs(docs, "void Shelf.put(String title)")).isEqualTo("Puts a title on it.");
        assertThat(docs(docs, "void Shelf.<T>put(List<T> titles)")).isEqualTo("Puts many on it.");
        assertThat(docs(docs, "void Shelf.Board.lift(Map.Entry<String,Integer> by, int... steps)"))
                .isEqualTo("Lifts it.");
        assertThat(docs(docs, "void Shelf.silent()")).isNull();
        assertThat(docs(docs, "void Shelf.absent()")).isNull();
        assertThat(docs(docs, "shelf:test.docs.Shelf")).isNull();
        assertThat(docs(docs, "other.docs.Shelf")).isNull();
    }

    @Test
    void pagesStandInForSourcesThatAreNotThere() throws IOException {
        Path pages = jar("shelf-1-javadoc.jar", Map.of("test/docs/Shelf.html", PAGE));
        LibraryDocs docs =
                new LibraryDocs(jar -> Optional.of(pages), new TypeIndex(), ClassLoader::getSystemClassLoader);

        assertThat(docs(docs, "test.docs.Shelf")).isEqualTo("A shelf of books.");
        assertThat(docs(docs, "Shelf.ROOM:int")).isEqualTo("How many fit.");
        assertThat(docs(docs, "Shelf(int size)")).isEqualTo("A shelf of that size.");
        assertThat(docs(docs, "void Shelf.put(String title)")).isEqualTo("Puts a <b>title</b> on it.");
        assertThat(docs(docs, "void Shelf.old(String title, int n)")).isEqualTo("The old way.");
        assertThat(docs(docs, "void Shelf.silent()")).isNull();
    }

    @Test
    void nothingIsFetchedForWhatIsOfNoLibrary() {
        AtomicInteger asked = new AtomicInteger();
        LibraryDocs docs = new LibraryDocs(
                jar -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                },
                new TypeIndex(),
                ClassLoader::getSystemClassLoader);

        assertThat(docs(docs, "int String.length()")).isNull();
        assertThat(asked).hasValue(0);
        assertThat(docs(docs, "void Shelf.silent()")).isNull();
        assertThat(asked).hasValue(1);
    }

    @Test
    void aMethodWithoutACommentHasThatOfTheOneWhichItOverrides() throws Exception {
        Map<String, String> source = Map.of("test/docs/Holder.java", """
                package test.docs;
                public interface Holder<T> {
                    /** Takes one out. */
                    T take(int which);
                    /** Counts them. */
                    int count();
                }
                """, "test/docs/Box.java", """
                package test.docs;
                public class Box implements Holder<String>, Comparable<Box> {
                    @Override public String take(int which) { return ""; }
                    /** {@inheritDoc} It is never negative. */
                    @Override public int count() { return 0; }
                    @Override public int compareTo(Box other) { return 0; }
                    public void own() {}
                    public static class Small extends Box {
                        @Override public String take(int which) { return "small"; }
                    }
                }
                """);
        Path folderOfSources = Files.createDirectories(folder.resolve("test/docs"));
        for (Map.Entry<String, String> entry : source.entrySet()) {
            Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
        }
        Path classes = folder.resolve("classes");
        ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        classes.toString(),
                        folderOfSources.resolve("Holder.java").toString(),
                        folderOfSources.resolve("Box.java").toString());
        Path boxes = folder.resolve("boxes-1.jar");
        try (JarOutputStream zip = new JarOutputStream(Files.newOutputStream(boxes))) {
            for (String name : List.of("Holder", "Box", "Box$Small")) {
                zip.putNextEntry(new JarEntry("test/docs/" + name + ".class"));
                zip.write(Files.readAllBytes(classes.resolve("test/docs/" + name + ".class")));
            }
        }
        Path sources = jar("boxes-1-sources.jar", source);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {boxes.toUri().toURL()})) {
            LibraryDocs docs = new LibraryDocs(jar -> Optional.of(sources), new TypeIndex(), () -> loader);
            List<String> imports = List.of("test.docs.*");

            assertThat(docs.javadoc("String Box.take(int which)", imports, List.of(boxes)))
                    .isEqualTo("Takes one out.");
            assertThat(docs.javadoc("String Box.Small.take(int which)", imports, List.of(boxes)))
                    .isEqualTo("Takes one out.");
            assertThat(docs.javadoc("int Box.count()", imports, List.of(boxes)))
                    .isEqualTo("Counts them. It is never negative.");
            assertThat(docs.javadoc("void Box.own()", imports, List.of(boxes))).isNull();
            String compared = docs.javadoc("int Box.compareTo(Box other)", imports, List.of(boxes));
            boolean jdkHasSources = Files.isRegularFile(Path.of(System.getProperty("java.home"), "lib", "src.zip"));
            if (jdkHasSources) {
                assertThat(compared).startsWith("Compares this object");
            } else {
                assertThat(compared).isNull();
            }
        }
    }
}
