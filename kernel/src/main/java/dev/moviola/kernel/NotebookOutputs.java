package dev.moviola.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers what the cells of a notebook show as notebook files hold it (nbformat 4.5): pieces of a stream are joined,
 * updates and clearing are carried out. Safe for use by many threads.
 */
public final class NotebookOutputs implements CellSink {
    private final Map<String, List<ObjectNode>> displays;
    private final List<ObjectNode> outputs = new ArrayList<>();
    private boolean clearBeforeNext;

    /** For the first cell of a notebook. */
    public NotebookOutputs() {
        this(new HashMap<>());
    }

    private NotebookOutputs(Map<String, List<ObjectNode>> displays) {
        this.displays = displays;
    }

    /** For another cell of the same notebook, which can update what this one displayed. */
    public NotebookOutputs another() {
        return new NotebookOutputs(displays);
    }

    @Override
    public void output(String type, ObjectNode content) {
        synchronized (displays) {
            switch (type) {
                case "comm_open", "comm_msg", "comm_close" -> {
                    // a file has no front end to talk to
                }
                case "clear_output" -> clear(content.path("wait").asBoolean());
                case "update_display_data" -> update(content);
                default -> add(type, content);
            }
        }
    }

    private void clear(boolean wait) {
        clearBeforeNext = wait;
        if (!wait) {
            outputs.clear();
        }
    }

    private void update(ObjectNode content) {
        String id = content.at("/transient/display_id").asText();
        for (ObjectNode shown : displays.getOrDefault(id, List.of())) {
            shown.set("data", content.path("data"));
            shown.set("metadata", content.path("metadata"));
        }
    }

    private void add(String type, ObjectNode content) {
        if (clearBeforeNext) {
            clear(false);
        }
        ObjectNode last = outputs.isEmpty() ? JsonNodeFactory.instance.objectNode() : outputs.get(outputs.size() - 1);
        boolean goesOn = type.equals("stream")
                && last.path("output_type").asText().equals("stream")
                && last.path("name").equals(content.path("name"));
        if (goesOn) {
            last.put("text", last.path("text").asText() + content.path("text").asText());
            return;
        }
        ObjectNode output = JsonNodeFactory.instance.objectNode().put("output_type", type);
        content.fields().forEachRemaining(field -> {
            if (!field.getKey().equals("transient")) {
                output.set(field.getKey(), field.getValue());
            }
        });
        outputs.add(output);
        String id = content.at("/transient/display_id").asText();
        if (!id.isEmpty()) {
            displays.computeIfAbsent(id, key -> new ArrayList<>()).add(output);
        }
    }

    /** What is there now: the {@code outputs} of the cell in the file. */
    public ArrayNode outputs() {
        synchronized (displays) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            outputs.forEach(output -> copy.add(output.deepCopy()));
            return copy;
        }
    }
}
