package dev.moviola.display.internal;

import dev.moviola.display.RenderLimits;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Arrays, collections, maps and records as HTML tables: one row for each item, and one column for each component where
 * all items are records of one type, maps with the same keys, or arrays. Only as many items are looked at as are shown.
 */
final class DataTable {
    private static final String STYLE = "<style>.moviola-data.moviola-data table{border-collapse:collapse;margin:0;"
            + "font-size:13px;font-variant-numeric:tabular-nums;table-layout:auto}"
            + ".moviola-data.moviola-data table th,.moviola-data.moviola-data table td{padding:3px 10px;border:0;"
            + "border-bottom:1px solid rgba(128,128,128,.25);text-align:left;vertical-align:top;max-width:480px;"
            + "overflow-wrap:break-word;white-space:normal;unicode-bidi:isolate}"
            + ".moviola-data.moviola-data table th{white-space:nowrap}"
            + ".moviola-data.moviola-data table .n{text-align:right}"
            + ".moviola-data.moviola-data table tbody th{font-weight:normal;opacity:.65}"
            + ".moviola-data.moviola-data p{margin:6px 0;opacity:.8;font-size:12px}</style>";
    private static final int LONGEST_CELL = 200;
    private static final int ITEMS_IN_CELL = 10;

    private final RenderLimits limits;
    private final RenderLimits ofCell;
    private final StringBuilder html = new StringBuilder();

    private DataTable(RenderLimits limits) {
        this.limits = limits;
        ofCell = new RenderLimits(
                Math.min(limits.rows(), ITEMS_IN_CELL), limits.columns(), Math.min(limits.characters(), LONGEST_CELL));
    }

    /** The table of a value; empty for what is none of them or has nothing in it. */
    static Optional<String> of(Object value, RenderLimits limits) {
        DataTable table = new DataTable(limits);
        String type = name(value);
        boolean shown;
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            String item = value.getClass().getComponentType().getSimpleName();
            shown = table.items(
                    IntStream.range(0, Math.min(length, limits.rows()))
                            .mapToObj(i -> Array.get(value, i))
                            .iterator(),
                    item + "[" + length + "]",
                    length);
        } else if (value instanceof Collection<?> items) {
            shown = table.items(items.iterator(), type, items.size());
        } else if (value instanceof Map<?, ?> entries) {
            shown = table.entries(entries, type);
        } else if (value instanceof Record) {
            shown = table.components(value, type);
        } else {
            shown = false;
        }
        return shown ? Optional.of(table.html.toString()) : Optional.empty();
    }

    // What List.of gives is of a class that nobody knows by name.
    private static String name(Object value) {
        if (Modifier.isPublic(value.getClass().getModifiers()) || value instanceof Record) {
            return value.getClass().getSimpleName();
        }
        return value instanceof List
                ? "List"
                : value instanceof Set ? "Set" : value instanceof Map ? "Map" : "Collection";
    }

    private boolean items(Iterator<?> each, String type, int size) {
        List<@Nullable Object> items = new ArrayList<>();
        while (each.hasNext() && items.size() < limits.rows()) {
            items.add(each.next());
        }
        if (items.isEmpty()) {
            return false;
        }
        List<String> names = columns(items);
        if (names.isEmpty()) {
            begin(List.of("", "value"));
            for (int i = 0; i < items.size(); i++) {
                row(i, List.of(new Cell(items.get(i))));
            }
            end(note(type, "item", items.size(), size));
            return true;
        }
        List<String> shown = names.subList(0, Math.min(names.size(), limits.columns()));
        List<String> heads = new ArrayList<>(List.of(""));
        heads.addAll(shown);
        begin(heads);
        for (int i = 0; i < items.size(); i++) {
            row(i, cells(items.get(i), shown));
        }
        end(note(type, "item", items.size(), size)
                + (shown.size() < names.size() ? ", " + shown.size() + " of " + names.size() + " columns" : ""));
        return true;
    }

    /** A value in a cell; kept apart because a list cannot hold null. */
    private record Cell(@Nullable Object value) {}

    private List<String> columns(List<@Nullable Object> items) {
        Object first = items.get(0);
        if (first instanceof Record
                && !hasOwnText(first, first.getClass().getRecordComponents())
                && items.stream().allMatch(item -> item != null && item.getClass() == first.getClass())) {
            List<String> names = new ArrayList<>();
            for (RecordComponent component : first.getClass().getRecordComponents()) {
                names.add(component.getName());
            }
            return names;
        }
        if (first instanceof Map<?, ?> map && !map.isEmpty() && map.size() <= limits.columns()) {
            Set<?> keys = map.keySet();
            boolean alike = keys.stream().allMatch(String.class::isInstance)
                    && items.stream()
                            .allMatch(item -> item instanceof Map<?, ?> other
                                    && other.keySet().equals(keys));
            Set<String> names = new LinkedHashSet<>();
            keys.forEach(key -> names.add(String.valueOf(key)));
            return alike ? List.copyOf(names) : List.of();
        }
        if (items.stream().allMatch(item -> item != null && item.getClass().isArray())) {
            int longest = items.stream().mapToInt(Array::getLength).max().orElse(0);
            return IntStream.range(0, longest).mapToObj(String::valueOf).toList();
        }
        return List.of();
    }

    private static List<Cell> cells(@Nullable Object item, List<String> names) {
        List<Cell> cells = new ArrayList<>();
        if (item instanceof Record) {
            RecordComponent[] components = item.getClass().getRecordComponents();
            for (int i = 0; i < names.size(); i++) {
                cells.add(new Cell(read(components[i], item)));
            }
        } else if (item instanceof Map<?, ?> map) {
            names.forEach(name -> cells.add(new Cell(map.get(name))));
        } else if (item != null) {
            int length = Array.getLength(item);
            for (int i = 0; i < names.size(); i++) {
                cells.add(new Cell(i < length ? Array.get(item, i) : ""));
            }
        }
        return cells;
    }

    private boolean entries(Map<?, ?> entries, String type) {
        if (entries.isEmpty()) {
            return false;
        }
        begin(List.of("key", "value"));
        int shown = 0;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            if (shown == limits.rows()) {
                break;
            }
            shown++;
            html.append("<tr>");
            cell(new Cell(entry.getKey()));
            cell(new Cell(entry.getValue()));
            html.append("</tr>");
        }
        end(note(type, "entry", shown, entries.size()));
        return true;
    }

    private boolean components(Object value, String type) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        if (components.length == 0 || hasOwnText(value, components)) {
            return false;
        }
        begin(List.of());
        for (RecordComponent component : components) {
            html.append("<tr><th scope=\"row\">")
                    .append(Html.escape(component.getName()))
                    .append("</th>");
            cell(new Cell(read(component, value)));
            html.append("</tr>");
        }
        end(type);
        return true;
    }

    // A record that says something else than its components is better shown as what it says.
    private static boolean hasOwnText(Object value, RecordComponent[] components) {
        StringJoiner usual = new StringJoiner(", ", value.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : components) {
            usual.add(component.getName() + "=" + read(component, value));
        }
        return !usual.toString().equals(value.toString());
    }

    private static @Nullable Object read(RecordComponent component, Object owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (InvocationTargetException e) {
            return "(failed: " + e.getCause() + ")";
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "(cannot be read)";
        }
    }

    private void begin(List<String> heads) {
        html.append("<div class=\"moviola-data\" style=\"overflow-x:auto\">")
                .append(STYLE)
                .append("<table>");
        if (!heads.isEmpty()) {
            html.append("<thead><tr>");
            heads.forEach(head ->
                    html.append("<th scope=\"col\">").append(Html.escape(head)).append("</th>"));
            html.append("</tr></thead>");
        }
        html.append("<tbody>");
    }

    private void row(int index, List<Cell> cells) {
        html.append("<tr><th scope=\"row\">").append(index).append("</th>");
        cells.forEach(this::cell);
        html.append("</tr>");
    }

    private void cell(Cell cell) {
        html.append(cell.value() instanceof Number ? "<td class=\"n\">" : "<td>")
                .append(Html.escape(PlainText.of(cell.value(), ofCell)))
                .append("</td>");
    }

    private void end(String note) {
        html.append("</tbody></table><p>").append(Html.escape(note)).append("</p></div>");
    }

    private static String note(String type, String unit, int shown, int size) {
        String units = size == 1 ? unit : unit.equals("entry") ? "entries" : unit + "s";
        String of = shown < size ? "the first " + shown + " of " : "";
        return String.format(Locale.ENGLISH, "%s: %s%,d %s", type.isEmpty() ? "values" : type, of, size, units);
    }
}
