package dev.moviola.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One parameter of a {@link Space}.
 *
 * @param name its name
 * @param domain the values it may take
 * @param when names of earlier parameters, each with the values at which this one is active; empty when it always is
 */
public record Dimension(String name, Domain domain, Map<String, List<Object>> when) {
    /** Copies the condition. */
    public Dimension {
        Map<String, List<Object>> copy = new LinkedHashMap<>();
        when.forEach((parent, values) -> copy.put(parent, List.copyOf(values)));
        when = java.util.Collections.unmodifiableMap(copy);
    }

    /** Whether it is active beside the values {@code others}. */
    public boolean active(Map<String, ?> others) {
        for (Map.Entry<String, List<Object>> condition : when.entrySet()) {
            Object value = others.get(condition.getKey());
            if (value == null || !condition.getValue().contains(value)) {
                return false;
            }
        }
        return true;
    }
}
