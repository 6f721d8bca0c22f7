package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON trees. Without Jackson's mapper of objects, which takes longer to come up than the rest of a
 * kernel until it answers.
 */
public final class Json {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    // A cell may be as long as its author likes; who may send one is a matter of the key.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** For what is no tree. */
    private static final class Mapper {
        static final ObjectMapper OBJECTS = new ObjectMapper();
    }

    /**
     * The first value in {@code bytes}; a missing node if there is none.
     *
     * @throws IOException if it is not JSON
     */
    public static JsonNode read(byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return parser.nextToken() == null ? MissingNode.getInstance() : value(parser);
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    parser.nextToken();
                    object.set(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> NODES.numberNode(parser.getIntValue());
                    case LONG -> NODES.numberNode(parser.getLongValue());
                    default -> NODES.numberNode(parser.getBigIntegerValue());
                };
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    /** The value as UTF-8, without white space. */
    public static byte[] write(JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator to = FACTORY.createGenerator(bytes)) {
            write(value, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonNode value, JsonGenerator to) throws IOException {
        if (value instanceof ObjectNode object) {
            to.writeStartObject();
            for (Map.Entry<String, JsonNode> each : object.properties()) {
                to.writeFieldName(each.getKey());
                write(each.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof ArrayNode array) {
            to.writeStartArray();
            for (JsonNode each : array) {
                write(each, to);
            }
            to.writeEndArray();
        } else if (value.isTextual()) {
            to.writeString(value.textValue());
        } else if (value.isBoolean()) {
            to.writeBoolean(value.booleanValue());
        } else if (value.isNull() || value.isMissingNode()) {
            to.writeNull();
        } else if (value instanceof NumericNode number) {
            number.serialize(to, null);
        } else {
            to.writeRawValue(Mapper.OBJECTS.writeValueAsString(value));
        }
    }

    /** A value of Java as a tree. */
    public static JsonNode of(@Nullable Object value) {
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            return NODES.objectNode();
        }
        return Mapper.OBJECTS.valueToTree(value);
    }
}
