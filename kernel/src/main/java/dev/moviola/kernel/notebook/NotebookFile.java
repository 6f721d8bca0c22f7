package dev.moviola.kernel.notebook;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A notebook file of format 4, held as nbformat 4.5: every cell has an id. What other programs have put into it stays
 * there. Not safe for use by several threads.
 */
public final class NotebookFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter PRINTER = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter(" ", "\n"))
            .withArrayIndenter(new DefaultIndenter(" ", "\n"));
    private static final long LARGEST = 512L << 20;

    private final ObjectNode root;
    private final List<NotebookCell> cells;

    private NotebookFile(ObjectNode root, List<NotebookCell> cells) {
        this.root = root;
        this.cells = cells;
    }

    /** A notebook of these cells. */
    public static NotebookFile of(List<NotebookCell> cells) {
        NotebookFile file = new NotebookFile(JsonNodeFactory.instance.objectNode(), new ArrayList<>(cells));
        file.complete();
        return file;
    }

    /** Reads a file. */
    public static NotebookFile read(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new MoviolaException("there is no notebook " + path);
            }
            if (Files.size(path) > LARGEST) {
                throw new MoviolaException(
                        "a notebook must have at most " + LARGEST + " bytes, but " + path + " has " + Files.size(path));
            }
            JsonNode node = JSON.readTree(path.toFile());
            int format = node.path("nbformat").asInt();
            if (!(node instanceof ObjectNode root)
                    || format != 4
                    || !node.path("cells").isArray()) {
                throw new MoviolaException(path + " must be a notebook of format 4, but "
                        + (format == 0 ? "is none" : "is one of format " + format)
                        + (format == 3 ? "; open and save it once in Jupyter" : ""));
            }
            List<NotebookCell> cells = new ArrayList<>();
            for (JsonNode cell : root.path("cells")) {
                if (!(cell instanceof ObjectNode object)) {
                    throw new MoviolaException("the cells of " + path + " must be JSON objects, but one is not");
                }
                cells.add(new NotebookCell(object));
            }
            NotebookFile file = new NotebookFile(root, cells);
            file.complete();
            return file;
        } catch (IOException e) {
            throw new MoviolaException(path + " is not a notebook: " + e.getMessage(), e);
        }
    }

    /** Its cells in order. */
    public List<NotebookCell> cells() {
        return List.copyOf(cells);
    }

    /** The language that it says it is in, in lower case; empty if it does not say. */
    public String language() {
        JsonNode metadata = root.path("metadata");
        String language = metadata.at("/kernelspec/language").asText();
        return (language.isEmpty() ? metadata.at("/language_info/name").asText() : language).toLowerCase(Locale.ROOT);
    }

    void add(int index, NotebookCell cell) {
        cells.add(index, cell);
        complete();
    }

    void remove(NotebookCell cell) {
        cells.remove(cell);
    }

    /** Writes it as a whole: whoever reads the file meanwhile sees the old or the new. */
    public void write(Path path) {
        complete();
        ObjectNode copy = root.deepCopy();
        ArrayNode all = copy.putArray("cells");
        for (NotebookCell cell : cells) {
            ObjectNode json = cell.json().deepCopy();
            json.set("source", lines(cell.source()));
            all.add(json);
        }
        Path absolute = path.toAbsolutePath();
        try {
            Path folder = absolute.getParent();
            if (folder == null) {
                throw new MoviolaException("a notebook cannot be written to " + path);
            }
            Files.createDirectories(folder);
            Path fresh = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID());
            try {
                JSON.writer(PRINTER).writeValue(fresh.toFile(), copy);
                move(fresh, absolute);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new MoviolaException("the notebook cannot be written to " + path + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Lines in the file make differences between versions readable. */
    private static ArrayNode lines(String text) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(at, next));
            at = next;
        }
        return lines;
    }

    private void complete() {
        root.put("nbformat", 4);
        root.put("nbformat_minor", Math.max(5, root.path("nbformat_minor").asInt()));
        ObjectNode metadata = root.withObjectProperty("metadata");
        if (!metadata.has("kernelspec")) {
            metadata.putObject("kernelspec")
                    .put("display_name", "Java (Moviola)")
                    .put("language", "java")
                    .put("name", "moviola");
        }
        if (!metadata.has("language_info")) {
            metadata.putObject("language_info")
                    .put("name", "java")
                    .put("file_extension", ".jshell")
                    .put("mimetype", "text/x-java-source");
        }
        Set<String> ids = new HashSet<>();
        for (NotebookCell cell : cells) {
            ObjectNode json = cell.json();
            if (!json.path("id").asText().matches("[a-zA-Z0-9-_]{1,64}") || !ids.add(cell.id())) {
                String id;
                do {
                    id = UUID.randomUUID().toString().substring(0, 8);
                } while (!ids.add(id));
                json.put("id", id);
            }
            if (!json.path("metadata").isObject()) {
                json.putObject("metadata");
            }
            if (cell.kind() == NotebookCell.Kind.CODE && !json.path("outputs").isArray()) {
                cell.clear();
            }
        }
    }
}
