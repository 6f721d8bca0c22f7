package dev.moviola.display.internal;

import dev.moviola.display.RenderLimits;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Values as text that is cut where it is long, and says so. */
final class PlainText {
    private static final int DEEPEST = 5;

    private PlainText() {}

    /** {@code value} within {@code limits}; what holds many items may be longer by the last one. */
    static String of(@Nullable Object value, RenderLimits limits) {
        try {
            return of(value, limits, 0);
        } catch (RuntimeException e) {
            return cut(own(value), limits.characters());
        }
    }

    private static String of(@Nullable Object value, RenderLimits limits, int depth) {
        if (value == null) {
            return "null";
        }
        if (depth < DEEPEST) {
            if (value.getClass().isArray()) {
                return array(value, limits, depth);
            }
            if (value instanceof Collection<?> items && isOurs(items, items.size(), limits)) {
                return items(items, limits, depth);
            }
            if (value instanceof Map<?, ?> entries && isOurs(entries, entries.size(), limits)) {
                return entries(entries, limits, depth);
            }
        }
        return cut(own(value), limits.characters());
    }

    // Those of the JDK say nothing but their items; others may have something of their own to say.
    private static boolean isOurs(Object value, int size, RenderLimits limits) {
        return size > limits.rows() || value.getClass().getName().startsWith("java.util.");
    }

    private static String own(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return value.getClass().getName() + " (its toString failed: " + e + ")";
        }
    }

    private static String array(Object array, RenderLimits limits, int depth) {
        int length = Array.getLength(array);
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        int shown = 0;
        while (shown < length && mayTakeMore(joiner, shown, limits)) {
            joiner.add(item(array, Array.get(array, shown++), limits, depth));
        }
        return shown < length ? joiner.add("… (" + length + " items)").toString() : joiner.toString();
    }

    private static String items(Collection<?> items, RenderLimits limits, int depth) {
        int size = items.size();
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        Iterator<?> each = items.iterator();
        int shown = 0;
        while (each.hasNext() && mayTakeMore(joiner, shown, limits)) {
            joiner.add(item(items, each.next(), limits, depth));
            shown++;
        }
        return shown < size ? joiner.add("… (" + size + " items)").toString() : joiner.toString();
    }

    private static String entries(Map<?, ?> entries, RenderLimits limits, int depth) {
        int size = entries.size();
        StringJoiner joiner = new StringJoiner(", ", "{", "}");
        Iterator<? extends Map.Entry<?, ?>> each = entries.entrySet().iterator();
        int shown = 0;
        while (each.hasNext() && mayTakeMore(joiner, shown, limits)) {
            Map.Entry<?, ?> entry = each.next();
            shown++;
            joiner.add(item(entries, entry.getKey(), limits, depth) + "="
                    + item(entries, entry.getValue(), limits, depth));
        }
        return shown < size ? joiner.add("… (" + size + " entries)").toString() : joiner.toString();
    }

    private static boolean mayTakeMore(StringJoiner joiner, int shown, RenderLimits limits) {
        return shown < limits.rows() && joiner.length() <= limits.characters();
    }

    private static String item(Object owner, @Nullable Object item, RenderLimits limits, int depth) {
        return item == owner ? "(itself)" : of(item, limits, depth + 1);
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "… (" + text.length() + " characters)";
    }
}
