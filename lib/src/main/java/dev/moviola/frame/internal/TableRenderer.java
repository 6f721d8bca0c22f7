package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import dev.moviola.frame.Column;
import dev.moviola.frame.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.api.Table;

/**
 * Shows the first page of a Tablesaw table, however long the table is, and says how many rows there are. Scores 0..1
 * and 0..100 get a bar.
 */
public final class TableRenderer implements Renderer<Table> {
    private static final String STYLE = "<style>"
            + ".moviola-table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px}"
            + ".moviola-table th,.moviola-table td{padding:4px 10px;border-bottom:1px solid rgba(128,128,128,.25);"
            + "text-align:left;max-width:320px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}"
            + ".moviola-table .n{text-align:right}.moviola-table small{opacity:.65;font-weight:normal;display:block}"
            + ".moviola-table i{display:block;height:3px;border-radius:2px;background:#e2571f}"
            + ".moviola-note{font-size:12px;opacity:.75;margin:6px 0}</style>";
    private static final int LONGEST_CELL = 80;

    @Override
    public Class<Table> type() {
        return Table.class;
    }

    @Override
    public MimeBundle render(Table table, RenderLimits limits) {
        int rows = Math.min(table.rowCount(), limits.rows());
        int columns = Math.min(table.columnCount(), limits.columns());
        String note = note(table, rows, columns);
        return MimeBundle.html(html(table, rows, columns, note, limits), text(table, rows, columns, note));
    }

    private static String html(Table table, int rows, int columns, String note, RenderLimits limits) {
        StringBuilder html = new StringBuilder("<div style=\"overflow-x:auto\">")
                .append(STYLE)
                .append("<table class=\"moviola-table\"><thead><tr>");
        for (int c = 0; c < columns; c++) {
            String name = table.column(c).name();
            html.append("<th scope=\"col\"")
                    .append(isNumber(table, c) ? " class=\"n\"" : "")
                    .append(" title=\"")
                    .append(escape(Columns.find(name).map(Column::meaning).orElse(name)))
                    .append("\">")
                    .append(escape(name))
                    .append("<small>")
                    .append(table.column(c).type().name().toLowerCase(Locale.ROOT))
                    .append("</small></th>");
        }
        html.append("</tr></thead><tbody>");
        for (int r = 0; r < rows; r++) {
            html.append("<tr>");
            for (int c = 0; c < columns; c++) {
                cell(html, table, r, c, Math.min(LONGEST_CELL * 4, limits.characters()));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table><p class=\"moviola-note\">")
                .append(escape(note))
                .append("</p></div>")
                .toString();
    }

    private static void cell(StringBuilder html, Table table, int r, int c, int longest) {
        String value = value(table, r, c);
        if (!isNumber(table, c)) {
            html.append("<td title=\"")
                    .append(escape(cut(value, longest)))
                    .append("\">")
                    .append(escape(cut(value, LONGEST_CELL)))
                    .append("</td>");
            return;
        }
        html.append("<td class=\"n\">").append(escape(value));
        double full = fullScale(table.column(c).name());
        if (full > 0 && !value.isEmpty()) {
            double share = ((NumberColumn<?, ?>) table.column(c)).getDouble(r) / full;
            html.append(String.format(
                    Locale.ROOT, "<i style=\"width:%.0f%%\"></i>", 100 * Math.max(0, Math.min(1, share))));
        }
        html.append("</td>");
    }

    private static String text(Table table, int rows, int columns, String note) {
        List<List<String>> cells = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            List<String> column = new ArrayList<>();
            column.add(cut(table.column(c).name(), 24));
            for (int r = 0; r < rows; r++) {
                column.add(cut(value(table, r, c), 24));
            }
            cells.add(column);
        }
        int[] widths = cells.stream()
                .mapToInt(
                        column -> column.stream().mapToInt(String::length).max().orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r <= rows; r++) {
            int row = r;
            String line = IntStream.range(0, columns)
                    .mapToObj(c -> pad(cells.get(c).get(row), widths[c], isNumber(table, c)))
                    .reduce((left, right) -> left + "  " + right)
                    .orElse("");
            text.append(line.stripTrailing()).append('\n');
        }
        return text.append(note).toString();
    }

    private static String note(Table table, int rows, int columns) {
        String shown = rows < table.rowCount() ? String.format(Locale.ENGLISH, "rows 1 to %,d of ", rows) : "";
        String all = String.format(Locale.ENGLISH, "%,d %s", table.rowCount(), table.rowCount() == 1 ? "row" : "rows");
        String hidden = columns < table.columnCount()
                ? ", " + columns + " of " + table.columnCount() + " columns"
                : ", " + columns + (columns == 1 ? " column" : " columns");
        return (table.name() == null ? "" : cut(table.name(), 60) + ": ") + shown + all + hidden;
    }

    private static boolean isNumber(Table table, int c) {
        return table.column(c) instanceof NumberColumn<?, ?>;
    }

    private static String value(Table table, int r, int c) {
        if (table.column(c).isMissing(r)) {
            return "";
        }
        String type = table.column(c).type().name();
        if (type.equals("DOUBLE") || type.equals("FLOAT")) {
            return number(((NumberColumn<?, ?>) table.column(c)).getDouble(r));
        }
        return ChartStyle.drawable(table.column(c).getString(r));
    }

    private static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        double size = Math.abs(value);
        return size >= 1e6 || size < 1e-4
                ? String.format(Locale.ROOT, "%.3e", value)
                : String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
    }

    private static double fullScale(String name) {
        if (name.equals("overall")) {
            return 100;
        }
        return Columns.defectIds().contains(name) ? 1 : 0;
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(Math.max(0, width - text.length()));
        return right ? space + text : text + space;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
