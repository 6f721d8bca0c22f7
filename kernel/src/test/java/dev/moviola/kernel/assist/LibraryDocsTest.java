package dev.moviola.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
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
        LibraryDocs docs = new LibraryDocs(jar -> Optional.of(sources), new TypeIndex());

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
        LibraryDocs docs = new LibraryDocs(jar -> Optional.of(pages), new TypeIndex());

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
                new TypeIndex());

        assertThat(docs(docs, "int String.length()")).isNull();
        assertThat(asked).hasValue(0);
        assertThat(docs(docs, "void Shelf.silent()")).isNull();
        assertThat(asked).hasValue(1);
    }
}
