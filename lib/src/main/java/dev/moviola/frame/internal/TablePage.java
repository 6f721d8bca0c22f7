package dev.moviola.frame.internal;

import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.frame.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The first page of a table as HTML and as text, with the script that turns pages. */
public final class TablePage {
    /** At most so many rows are sent and saved with a notebook. */
    public static final int KEPT = 200;

    /** At most so many rows are on a page. */
    public static final int MOST_ROWS = 200;

    private static final int LONGEST_CELL = 80;
    private static final int LONGEST_TITLE = 320;
    private static final int SURELY_SEEN = 40;
    private static final int LONGEST_TEXT_CELL = 24;

    private final Table table;
    private final List<Column<?>> columns;
    private final List<ColumnLook> looks;
    private final TableRows rows;
    private final int shown;

    private TablePage(Table table, RenderLimits limits, @Nullable Path folder) {
        this.table = table;
        columns = List.copyOf(table.columns().subList(0, Math.min(table.columnCount(), limits.columns())));
        boolean known = isKnown(table.columnNames());
        looks = columns.stream().map(column -> ColumnLook.of(column, known)).toList();
        shown = Math.min(table.rowCount(), Math.min(limits.rows(), MOST_ROWS));
        rows = new TableRows(
                columns,
                looks,
                folder == null ? null : new ClipPosters(folder),
                folder == null ? null : table.column("clip"),
                table.rowCount(),
                Math.max(16, Math.min(LONGEST_TITLE, limits.characters())));
    }

    /**
     * The first page of a table.
     *
     * @param folder where its clips lie; null for no pictures
     */
    public static TablePage of(Table table, RenderLimits limits, @Nullable Path folder) {
        return new TablePage(table, limits, folder);
    }

    // Names such as motion and price mean what a run means by them only beside others of a run.
    private static boolean isKnown(List<String> names) {
        Set<String> documented = new HashSet<>();
        Columns.all().forEach(column -> documented.add(column.name()));
        return 2 * names.stream().filter(documented::contains).count() >= names.size();
    }

    /** HTML with the script, and text. */
    public MimeBundle bundle() {
        String first = shown < table.rowCount() ? String.format(Locale.ENGLISH, "rows 1 to %,d of ", shown) : "";
        String size = size(table.rowCount())
                + (columns.size() < table.columnCount()
                        ? ", " + columns.size() + " of " + table.columnCount() + " columns"
                        : ", " + columns.size() + (columns.size() == 1 ? " column" : " columns"));
        String title = table.name() == null || table.name().isBlank()
                ? ""
                : ColumnLook.cut(ChartStyle.drawable(table.name()), 60) + ": ";
        return MimeBundle.html(html(title + first + size, title + size), text(title + first + size));
    }

    private static String size(int count) {
        return String.format(Locale.ENGLISH, "%,d %s", count, count == 1 ? "row" : "rows");
    }

    private String html(String note, String whole) {
        TableScript script = columns.isEmpty() || table.rowCount() < 2
                ? TableScript.NONE
                : TableScript.of(
                        looks,
                        rows,
                        table.rowCount(),
                        shown,
                        whole,
                        Display.target().answering(rows).orElse(null));
        StringBuilder html = new StringBuilder("<div class=\"moviola-table\"")
                .append(script.attributes())
                .append('>')
                .append(TableScript.STYLE)
                .append("<div><table><thead><tr>");
        if (rows.hasPictures()) {
            html.append("<th scope=\"col\">poster <small>picture</small></th>");
        }
        for (ColumnLook look : looks) {
            html.append("<th scope=\"col\"")
                    .append(look.number() ? " class=\"n\"" : " style=\"text-align:left\"")
                    .append(" title=\"")
                    .append(escape(look.meaning()))
                    .append("\">")
                    .append(escape(ColumnLook.cut(ChartStyle.drawable(look.name()), LONGEST_CELL)))
                    .append(" <small>")
                    .append(escape(look.kind()))
                    .append("</small></th>");
        }
        html.append("</tr></thead><tbody>");
        for (int row = 0; row < shown; row++) {
            html.append("<tr>");
            List<@Nullable Object> cells = rows.cells(row, true);
            int first = 0;
            if (rows.hasPictures()) {
                picture(html, (String) cells.get(0));
                first = 1;
            }
            for (int c = 0; c < looks.size(); c++) {
                cell(html, looks.get(c), cells.get(first + c));
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table></div><p>")
                .append(escape(note))
                .append("</p>")
                .append(script.element())
                .append("</div>")
                .toString();
    }

    private static void picture(StringBuilder html, @Nullable String uri) {
        html.append("<td>");
        if (uri != null && !uri.isEmpty()) {
            html.append("<img alt=\"\" src=\"").append(uri).append("\">");
        }
        html.append("</td>");
    }

    private static void cell(StringBuilder html, ColumnLook look, @Nullable Object cell) {
        if (cell instanceof List<?> number) {
            html.append("<td class=\"n\">").append(escape(String.valueOf(number.get(0))));
            if (look.full() > 0) {
                double share = (Double) number.get(1) / look.full();
                html.append(String.format(
                        Locale.ROOT, "<i style=\"width:%.0f%%\"></i>", 100 * Math.max(0, Math.min(1, share))));
            }
        } else if (cell == null) {
            html.append("<td class=\"n\">");
        } else {
            String text = String.valueOf(cell);
            String cut = ColumnLook.cut(text, LONGEST_CELL);
            html.append("<td style=\"text-align:left\"");
            if (text.length() > SURELY_SEEN) {
                html.append(" title=\"").append(escape(text)).append('"');
            }
            html.append('>').append(escape(cut));
        }
        html.append("</td>");
    }

    private String text(String note) {
        List<List<String>> cells = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            List<String> column = new ArrayList<>();
            column.add(ColumnLook.cut(ChartStyle.drawable(looks.get(c).name()), LONGEST_TEXT_CELL));
            for (int r = 0; r < shown; r++) {
                column.add(looks.get(c).text(columns.get(c), r, LONGEST_TEXT_CELL));
            }
            cells.add(column);
        }
        int[] widths = cells.stream()
                .mapToInt(
                        column -> column.stream().mapToInt(String::length).max().orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (int r = 0; r <= shown; r++) {
            int row = r;
            String line = IntStream.range(0, columns.size())
                    .mapToObj(c ->
                            pad(cells.get(c).get(row), widths[c], looks.get(c).number()))
                    .reduce((left, right) -> left + "  " + right)
                    .orElse("");
            text.append(line.stripTrailing()).append('\n');
        }
        return text.append(note).toString();
    }

    private static String pad(String text, int width, boolean right) {
        String space = " ".repeat(Math.max(0, width - text.length()));
        return right ? space + text : text + space;
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
