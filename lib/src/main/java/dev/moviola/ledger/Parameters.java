package dev.moviola.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object in one canonical form: keys sorted, whole numbers as {@code Long}, others as finite
 * {@code Double}, lists and nested objects copied. Null values are dropped.
 *
 * <p>Equal content gives equal {@link #json()} and so equal {@link #sha256()}, whatever the order it was put in.
 */
public final class Parameters {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Parameters NONE = new Parameters(new TreeMap<>());

    private final Map<String, Object> values;

    private Parameters(TreeMap<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** No parameters at all. */
    public static Parameters none() {
        return NONE;
    }

    /** A copy of {@code values} in canonical form. */
    public static Parameters of(Map<String, ?> values) {
        return new Parameters(canonicalMap(values, "parameters"));
    }

    /** Keys and values in turn: {@code Parameters.of("prompt", "a cat", "seed", 7)}. */
    public static Parameters of(Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new MoviolaException(
                    "parameters need a value for each key, but got " + keysAndValues.length + " items");
        }
        TreeMap<String, Object> map = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return of(map);
    }

    /** Reads a JSON object. */
    @SuppressWarnings("unchecked")
    public static Parameters parse(String json) {
        try {
            Object read = JSON.readValue(json, Object.class);
            if (read instanceof Map<?, ?> map) {
                return of((Map<String, ?>) map);
            }
            throw new MoviolaException("parameters must be a JSON object, but were: " + abbreviate(json));
        } catch (JsonProcessingException e) {
            throw new MoviolaException(
                    "parameters must be a JSON object, but " + e.getOriginalMessage() + ": " + abbreviate(json), e);
        }
    }

    /** These parameters with {@code key} set to {@code value}, or without it when {@code value} is null. */
    public Parameters with(String key, @Nullable Object value) {
        TreeMap<String, Object> copy = new TreeMap<>(values);
        if (value == null) {
            copy.remove(key);
        } else {
            copy.put(key, canonical(value, key));
        }
        return new Parameters(copy);
    }

    /** These parameters, overridden by all of {@code other}. */
    public Parameters with(Parameters other) {
        TreeMap<String, Object> copy = new TreeMap<>(values);
        copy.putAll(other.values);
        return new Parameters(copy);
    }

    /** The values as an unmodifiable map of String, Long, Double, Boolean, List and Map. */
    public Map<String, Object> asMap() {
        return values;
    }

    /** Whether {@code key} is set. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** The value of {@code key}, if set. */
    public Optional<Object> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The text of {@code key}, or {@code otherwise} when it is not set. */
    public String text(String key, String otherwise) {
        Object value = values.get(key);
        return value == null ? otherwise : value.toString();
    }

    /** The text of {@code key}. */
    public String text(String key) {
        return required(key).toString();
    }

    /** The whole number of {@code key}, or {@code otherwise} when it is not set. */
    public long integer(String key, long otherwise) {
        return values.containsKey(key) ? integer(key) : otherwise;
    }

    /** The whole number of {@code key}. */
    public long integer(String key) {
        Object value = required(key);
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Double number && number == Math.rint(number)) {
            return number.longValue();
        }
        throw new MoviolaException(key + " must be a whole number, but was " + abbreviate(value.toString()));
    }

    /** The number of {@code key}, or {@code otherwise} when it is not set. */
    public double number(String key, double otherwise) {
        return values.containsKey(key) ? number(key) : otherwise;
    }

    /** The number of {@code key}. */
    public double number(String key) {
        Object value = required(key);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new MoviolaException(key + " must be a number, but was " + abbreviate(value.toString()));
    }

    /** The truth value of {@code key}, or {@code otherwise} when it is not set. */
    public boolean flag(String key, boolean otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new MoviolaException(key + " must be true or false, but was " + abbreviate(value.toString()));
    }

    /** The list of {@code key}; empty when it is not set. */
    public List<Object> list(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList(new ArrayList<>(list));
        }
        throw new MoviolaException(key + " must be a list, but was " + abbreviate(value.toString()));
    }

    /** The object of {@code key}; empty when it is not set. */
    @SuppressWarnings("unchecked")
    public Parameters object(String key) {
        Object value = values.get(key);
        if (value == null) {
            return NONE;
        }
        if (value instanceof Map<?, ?> map) {
            return of((Map<String, ?>) map);
        }
        throw new MoviolaException(key + " must be an object, but was " + abbreviate(value.toString()));
    }

    /** The canonical JSON text. */
    public String json() {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("canonical parameters can always be written", e);
        }
    }

    /** SHA-256 of {@link #json()} in UTF-8, as 64 lower-case hex digits. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(json().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return json();
    }

    private Object required(String key) {
        Object value = values.get(key);
        if (value == null) {
            throw new MoviolaException("parameter " + key + " is missing; there are " + values.keySet());
        }
        return value;
    }

    private static TreeMap<String, Object> canonicalMap(Map<String, ?> map, String where) {
        TreeMap<String, Object> copy = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, canonical(value, where + "." + key));
            }
        });
        return copy;
    }

    @SuppressWarnings("unchecked")
    private static Object canonical(Object value, String where) {
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number) {
            double real = number.doubleValue();
            if (!Double.isFinite(real)) {
                throw new MoviolaException(where + " must be a finite number, but was " + real);
            }
            return real;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Parameters parameters) {
            return parameters.values;
        }
        if (value instanceof Map<?, ?> map) {
            return Collections.unmodifiableMap(canonicalMap((Map<String, ?>) map, where));
        }
        if (value instanceof Iterable<?> items) {
            List<Object> copy = new ArrayList<>();
            for (Object item : items) {
                copy.add(canonical(item, where + "[" + copy.size() + "]"));
            }
            return Collections.unmodifiableList(copy);
        }
        throw new MoviolaException(where + " must be text, a number, true or false, a list or an object, but was a "
                + value.getClass().getName());
    }

    private static String abbreviate(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "… (" + text.length() + " characters)";
    }
}
