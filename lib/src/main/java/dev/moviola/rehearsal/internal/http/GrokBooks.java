package dev.moviola.rehearsal.internal.http;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a stand-in: the clips, and a line for each request that was taken. */
final class GrokBooks implements AutoCloseable {
    private final Path directory;
    private final boolean passing;
    private final BufferedWriter writer;
    private final List<Entry> earlier = new ArrayList<>();

    /** A line of the books. */
    record Entry(int number, String id, String owner, String kind, String faults, String body) {}

    /** Opens the books in {@code kept}, or in a folder that goes when the stand-in does. */
    GrokBooks(@Nullable Path kept) {
        try {
            passing = kept == null;
            directory = kept == null ? Files.createTempDirectory("moviola-rehearsal") : Files.createDirectories(kept);
            Path file = directory.resolve("accepted.jsonl");
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    read(line);
                }
            }
            writer = Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (!earlier.isEmpty()) {
                // A line that a crash cut short must not swallow the next one.
                writer.newLine();
                writer.flush();
            }
        } catch (IOException e) {
            throw new MoviolaException("the books of the stand-in cannot be opened: " + e, e);
        }
    }

    /** What was taken by stand-ins before this one. */
    List<Entry> earlier() {
        return earlier;
    }

    /** Where the clip of a request is written. */
    Path clip(String id) {
        return directory.resolve(id + ".mp4");
    }

    /** Writes a line; it outlives this process. */
    synchronized void write(Entry entry) throws IOException {
        writer.write(Parameters.of(
                        "number", entry.number(),
                        "id", entry.id(),
                        "owner", entry.owner(),
                        "kind", entry.kind(),
                        "faults", entry.faults(),
                        "body", entry.body())
                .json());
        writer.newLine();
        writer.flush();
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
            if (passing && Files.exists(directory)) {
                try (Stream<Path> files = Files.walk(directory)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            System.getLogger(GrokBooks.class.getName())
                    .log(System.Logger.Level.WARNING, "the books of the stand-in were not put away", e);
        }
    }

    private void read(String line) {
        try {
            if (!line.isBlank()) {
                Parameters entry = Parameters.parse(line);
                earlier.add(new Entry(
                        (int) entry.integer("number"),
                        entry.text("id"),
                        entry.text("owner"),
                        entry.text("kind"),
                        entry.text("faults"),
                        entry.text("body")));
            }
        } catch (MoviolaException e) {
            System.getLogger(GrokBooks.class.getName())
                    .log(System.Logger.Level.WARNING, "a line of the books is cut short and left out");
        }
    }
}
