package dev.moviola.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A program for the command backend: waits for a file called {@code go} before it makes its clip, fails where a file
 * called {@code broken} has a word of the prompt, and keeps a book of the seeds that it began and ended.
 */
final class Generator {
    private static final String SCRIPT = """
            echo "begun $1" >>book
            if [ -s broken ] && printf '%s' "$3" | grep -q -f broken; then
              echo 'this prompt breaks me' >&2
              exit 9
            fi
            while [ ! -e go ]; do sleep 0.05; done
            cp clip.mp4 "$2"
            if [ -e unique ]; then printf '\\000\\000\\000\\050free%-32.32s' "$1" >>"$2"; fi
            echo "ended $1" >>book
            """;

    private final Path folder;

    private Generator(Path folder) {
        this.folder = folder;
    }

    /** Puts the program into {@code folder}, where the verbs are then to be run; it is {@link #go} already. */
    static Generator in(Path folder) {
        Generator generator = waitingIn(folder);
        generator.go();
        return generator;
    }

    /** Puts the program into {@code folder}, where it waits for {@link #go}. */
    static Generator waitingIn(Path folder) {
        try (InputStream clip = Generator.class.getResourceAsStream("/clip.mp4")) {
            Files.write(folder.resolve("clip.mp4"), clip.readAllBytes());
            Files.writeString(folder.resolve("generate.sh"), SCRIPT);
            return new Generator(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of words and those that choose it as backend. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(List.of("--command", "sh generate.sh {seed} {out} {prompt}"));
        return words;
    }

    /** Lets all that wait and all that come make their clips. */
    void go() {
        write("go", "");
    }

    /** Makes it fail for prompts that contain {@code word}; none when that is empty. */
    void breakFor(String word) {
        write("broken", word);
    }

    /** Makes every clip a copy of {@code clip} that differs from the others where no decoder looks. */
    void copy(Path clip) {
        try {
            Files.copy(clip, folder.resolve("clip.mp4"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("unique", "");
    }

    /** The seeds that it began, in order. */
    List<String> begun() {
        return book("begun ");
    }

    /** The seeds that it made a clip for, in order. */
    List<String> ended() {
        return book("ended ");
    }

    private List<String> book(String word) {
        try {
            Path book = folder.resolve("book");
            return !Files.exists(book)
                    ? List.of()
                    : Files.readAllLines(book).stream()
                            .filter(line -> line.startsWith(word))
                            .map(line -> line.substring(word.length()))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
