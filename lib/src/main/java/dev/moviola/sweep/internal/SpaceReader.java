package dev.moviola.sweep.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import dev.moviola.sweep.Dimension;
import dev.moviola.sweep.Domain;
import dev.moviola.sweep.Space;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link Space} from YAML, of which JSON is a part. */
public final class SpaceReader {
    private static final int MOST_BYTES = 1 << 20;
    private static final Set<String> PRESETS = new java.util.TreeSet<>(Set.of("overnight", "rehearsal"));
    private static final Map<String, Set<String>> KINDS = Map.of(
            "real", Set.of("log", "step"),
            "integer", Set.of("log", "step"),
            "choice", Set.of(),
            "simplex", Set.of("at_least"));
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private SpaceReader() {}

    /** The space in {@code file}. */
    public static Space read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new MoviolaException("the file must have at most " + MOST_BYTES + " bytes, but has more");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new MoviolaException("the space " + file + " cannot be read: there is no such file", e);
        } catch (IOException e) {
            throw new MoviolaException("the space " + file + " cannot be read: " + e, e);
        } catch (MoviolaException e) {
            throw new MoviolaException("the space " + file + " is not valid: " + e.getMessage(), e);
        }
    }

    /** The space shipped under {@code name}. */
    public static Space preset(String name) {
        if (!PRESETS.contains(name)) {
            throw new MoviolaException("a preset must be one of " + PRESETS + ", but was " + name);
        }
        try (InputStream in = SpaceReader.class.getResourceAsStream("/dev/moviola/sweep/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the preset " + name + " is not on the class path");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new MoviolaException("the preset " + name + " cannot be read: " + e, e);
        }
    }

    /** The space in {@code text}. */
    public static Space parse(String text) {
        Map<?, ?> root;
        try {
            root = map(YAML.readValue(text, Object.class), "the space");
        } catch (JsonProcessingException e) {
            throw new MoviolaException(
                    "a space must be YAML or JSON, but "
                            + e.getOriginalMessage().strip().replaceAll("\\s+", " "),
                    e);
        }
        known("the space", root, Set.of("parameters", "constraints"));
        Space space = Space.empty();
        for (Map.Entry<String, Map<?, ?>> entry :
                entries(root.get("parameters")).entrySet()) {
            try {
                space = space.add(dimension(entry.getKey(), entry.getValue()));
            } catch (MoviolaException e) {
                throw new MoviolaException("parameter " + entry.getKey() + ": " + e.getMessage(), e);
            }
        }
        if (space.dimensions().isEmpty()) {
            throw new MoviolaException("a space must have parameters, but has none; see `parameters:`");
        }
        Object rules = root.get("constraints");
        for (Object rule : rules == null ? List.of() : rules instanceof List<?> list ? list : List.of(rules)) {
            space = space.constraint(String.valueOf(rule));
        }
        return space;
    }

    private static Map<String, Map<?, ?>> entries(@Nullable Object parameters) {
        Map<String, Map<?, ?>> entries = new LinkedHashMap<>();
        if (parameters instanceof List<?> list) {
            for (Object item : list) {
                Map<?, ?> entry = map(item, "each parameter");
                String name = String.valueOf(entry.get("name"));
                if (entries.put(name, entry) != null) {
                    throw new MoviolaException("a parameter must be added once, but " + name + " is there twice");
                }
            }
        } else {
            map(parameters, "`parameters`")
                    .forEach((name, entry) -> entries.put(String.valueOf(name), map(entry, "parameter " + name)));
        }
        return entries;
    }

    private static Dimension dimension(String name, Map<?, ?> entry) {
        List<String> kinds =
                KINDS.keySet().stream().filter(entry::containsKey).sorted().toList();
        if (kinds.size() != 1) {
            throw new MoviolaException(
                    "there must be one of real, integer, choice and simplex, but there were " + entry.keySet());
        }
        String kind = kinds.get(0);
        Set<String> allowed = new java.util.TreeSet<>(KINDS.getOrDefault(kind, Set.of()));
        allowed.addAll(Set.of(kind, "name", "when"));
        known("a parameter of kind " + kind, entry, allowed);
        Parameters all = Parameters.of(text(entry));
        List<Object> values = all.list(kind);
        Map<String, List<Object>> when = new LinkedHashMap<>();
        all.object("when")
                .asMap()
                .forEach((parent, value) -> when.put(
                        parent, value instanceof Collection<?> several ? List.copyOf(several) : List.of(value)));
        return new Dimension(name, domain(kind, values, all), when);
    }

    private static Domain domain(String kind, List<Object> values, Parameters all) {
        boolean range = kind.equals("real") || kind.equals("integer");
        if (range && (values.size() != 2 || !values.stream().allMatch(Number.class::isInstance))) {
            throw new MoviolaException("a range must be two numbers, [low, high], but was " + values);
        }
        return switch (kind) {
            case "real" ->
                new Domain.Real(
                        ((Number) values.get(0)).doubleValue(),
                        ((Number) values.get(1)).doubleValue(),
                        all.flag("log", false),
                        all.has("step") ? Double.valueOf(all.number("step")) : null);
            case "integer" -> {
                Parameters ends = Parameters.of("low", values.get(0), "high", values.get(1));
                yield new Domain.Whole(
                        ends.integer("low"), ends.integer("high"), all.flag("log", false), all.integer("step", 1));
            }
            case "choice" -> new Domain.Choice(values);
            default -> new Domain.Simplex(values.stream().map(String::valueOf).toList(), all.number("at_least", 0));
        };
    }

    private static Map<String, Object> text(Map<?, ?> entry) {
        Map<String, Object> copy = new LinkedHashMap<>();
        entry.forEach((key, value) -> {
            if (value != null) {
                copy.put(String.valueOf(key), value);
            }
        });
        return copy;
    }

    private static Map<?, ?> map(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new MoviolaException(what + " must be an object of names and values, but was " + value);
    }

    private static void known(String what, Map<?, ?> entry, Set<String> allowed) {
        for (Object key : entry.keySet()) {
            if (!allowed.contains(String.valueOf(key))) {
                throw new MoviolaException(
                        what + " must have only " + new java.util.TreeSet<>(allowed) + ", but has " + key);
            }
        }
    }
}
