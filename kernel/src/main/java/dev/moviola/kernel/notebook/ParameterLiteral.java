package dev.moviola.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Values given as text, as Java writes them. */
final class ParameterLiteral {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> FACTORIES = Map.of(
            "BigDecimal", "new java.math.BigDecimal(%s)",
            "BigInteger", "new java.math.BigInteger(%s)",
            "Path", "java.nio.file.Path.of(%s)",
            "File", "new java.io.File(%s)",
            "URI", "java.net.URI.create(%s)",
            "Duration", "java.time.Duration.parse(%s)",
            "Instant", "java.time.Instant.parse(%s)",
            "LocalDate", "java.time.LocalDate.parse(%s)");

    private ParameterLiteral() {}

    /** A value of the declared type. */
    static String of(String name, String type, String value) {
        String simple =
                type.substring(type.lastIndexOf('.', type.indexOf('<') < 0 ? type.length() : type.indexOf('<')) + 1);
        try {
            if (simple.endsWith("[]")) {
                return "{" + list(name, type.substring(0, type.length() - 2), value) + "}";
            }
            if (simple.matches("(List|Collection|Iterable)<.*>")) {
                String element = simple.substring(simple.indexOf('<') + 1, simple.length() - 1)
                        .strip();
                return "java.util.List.of(" + list(name, element, value) + ")";
            }
            return switch (simple) {
                case "byte", "Byte" -> "(byte) " + Byte.parseByte(value.strip());
                case "short", "Short" -> "(short) " + Short.parseShort(value.strip());
                case "int", "Integer" -> "" + Integer.parseInt(value.strip());
                case "long", "Long" -> Long.parseLong(value.strip()) + "L";
                case "float", "Float" -> "(float) " + real(Float.parseFloat(value.strip()));
                case "double", "Double" -> real(Double.parseDouble(value.strip()));
                case "boolean", "Boolean" -> {
                    String said = value.strip().toLowerCase(Locale.ROOT);
                    if (!said.equals("true") && !said.equals("false")) {
                        throw new IllegalArgumentException("neither true nor false");
                    }
                    yield said;
                }
                case "char", "Character" -> {
                    if (value.length() != 1) {
                        throw new IllegalArgumentException("not one character");
                    }
                    yield "(char) " + (int) value.charAt(0);
                }
                case "String", "CharSequence", "Object" -> text(value);
                default -> {
                    String factory = FACTORIES.get(simple);
                    if (factory == null) {
                        throw new MoviolaException("parameter " + name + " must be of a primitive type, String, List, "
                                + String.join(
                                        ", ",
                                        FACTORIES.keySet().stream().sorted().toList())
                                + " or an array to be given from outside, but is declared as " + type);
                    }
                    yield String.format(Locale.ROOT, factory, text(value));
                }
            };
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new MoviolaException(
                    "parameter " + name + " must be of type " + type + ", but was \"" + value + "\"", e);
        }
    }

    private static String list(String name, String element, String value) throws JsonProcessingException {
        JsonNode node = JSON.readTree(value);
        if (!node.isArray()) {
            throw new IllegalArgumentException("not a JSON array");
        }
        List<String> literals = new ArrayList<>();
        for (JsonNode each : node) {
            literals.add(of(name, element, each.isValueNode() ? each.asText() : each.toString()));
        }
        return String.join(", ", literals);
    }

    /** A value of whatever type its text looks like: boolean, int, long, double or String. */
    static String guess(String value) {
        String said = value.strip();
        if (said.equals("true") || said.equals("false")) {
            return said;
        }
        if (said.matches("[+-]?\\d{1,19}")) {
            BigInteger whole = new BigInteger(said);
            if (whole.bitLength() < 64) {
                return whole.bitLength() < 32 ? whole.toString() : whole + "L";
            }
        }
        if (said.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") && !said.matches("[+-]?\\d+")) {
            return real(new BigDecimal(said).doubleValue());
        }
        return text(value);
    }

    private static String real(double value) {
        return Double.isNaN(value)
                ? "Double.NaN"
                : Double.isInfinite(value)
                        ? value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY"
                        : Double.toString(value);
    }

    /** A literal of type String. */
    static String text(String value) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || Character.isSurrogate(c) && !paired(value, i)) {
                        literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        literal.append(c);
                    }
                }
            }
        }
        return literal.append('"').toString();
    }

    private static boolean paired(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
