package dev.moviola.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A cell of a {@link NotebookFile}. */
public final class NotebookCell {
    /** What a cell holds. */
    public enum Kind {
        /** Java and magics. */
        CODE,
        /** Text in Markdown. */
        MARKDOWN,
        /** Text that is passed on as it is. */
        RAW;

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final ObjectNode json;

    NotebookCell(ObjectNode json) {
        this.json = json;
    }

    /** A new cell without outputs. */
    public static NotebookCell of(Kind kind, String source, List<String> tags) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("cell_type", kind.id());
        ObjectNode metadata = json.putObject("metadata");
        if (!tags.isEmpty()) {
            tags.forEach(metadata.putArray("tags")::add);
        }
        json.put("source", source);
        NotebookCell cell = new NotebookCell(json);
        if (kind == Kind.CODE) {
            cell.clear();
        }
        return cell;
    }

    ObjectNode json() {
        return json;
    }

    /** Its id, unique in the notebook. */
    public String id() {
        return json.path("id").asText();
    }

    /** What it holds. */
    public Kind kind() {
        String type = json.path("cell_type").asText();
        return type.equals("code") ? Kind.CODE : type.equals("markdown") ? Kind.MARKDOWN : Kind.RAW;
    }

    /** Its text. */
    public String source() {
        return text(json.path("source"));
    }

    /** The tags that Jupyter's property inspector shows. */
    public Set<String> tags() {
        Set<String> tags = new LinkedHashSet<>();
        json.path("metadata").path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /** What it has shown, as nbformat holds it; a copy. */
    public ArrayNode outputs() {
        return json.path("outputs") instanceof ArrayNode outputs
                ? outputs.deepCopy()
                : JsonNodeFactory.instance.arrayNode();
    }

    void clear() {
        json.putNull("execution_count");
        json.putArray("outputs");
    }

    void executed(int number, ArrayNode outputs) {
        json.put("execution_count", number);
        json.set("outputs", outputs);
    }

    /** A text that nbformat holds as one string or as a list of lines. */
    static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.asText();
        }
        StringBuilder joined = new StringBuilder();
        node.forEach(line -> joined.append(line.asText()));
        return joined.toString();
    }
}
