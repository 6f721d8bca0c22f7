package dev.moviola.cli;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table of text with aligned columns. Numbers (cells of a column whose header begins with {@code >}) stand at the
 * right. Not thread-safe.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int NARROWEST = 6;

    private final List<String> headers = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headers; one that begins with {@code >} names a column that stands at the right. */
    public TextTable(String... headers) {
        for (String header : headers) {
            boolean atRight = header.startsWith(">");
            this.right.add(atRight);
            this.headers.add(TextWidth.oneLine(atRight ? header.substring(1) : header));
        }
    }

    /** Adds a row; control characters in its cells are replaced. */
    public TextTable row(Object... cells) {
        if (cells.length != headers.size()) {
            throw new MoviolaException("a row needs " + headers.size() + " cells, but got " + cells.length);
        }
        rows.add(Arrays.stream(cells)
                .map(cell -> TextWidth.oneLine(String.valueOf(cell)))
                .toList());
        return this;
    }

    /** How many rows it has. */
    public int size() {
        return rows.size();
    }

    /** The lines of the table, header first; the widest text columns give way until a line has at most {@code width}. */
    public List<String> lines(int width) {
        int[] widths = new int[headers.size()];
        for (int c = 0; c < widths.length; c++) {
            widths[c] = TextWidth.of(headers.get(c));
            for (List<String> row : rows) {
                widths[c] = Math.max(widths[c], TextWidth.of(row.get(c)));
            }
        }
        shrink(widths, width);
        List<String> lines = new ArrayList<>();
        lines.add(line(headers, widths));
        for (List<String> row : rows) {
            lines.add(line(row, widths));
        }
        return lines;
    }

    private void shrink(int[] widths, int width) {
        long over = (long) Arrays.stream(widths).sum() + (long) GAP.length() * (widths.length - 1) - width;
        while (over > 0) {
            int widest = -1;
            for (int c = 0; c < widths.length; c++) {
                if (!right.get(c) && widths[c] > NARROWEST && (widest < 0 || widths[c] > widths[widest])) {
                    widest = c;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            over--;
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String text = TextWidth.fit(cells.get(c), widths[c]);
            String pad = " ".repeat(widths[c] - TextWidth.of(text));
            line.append(c == 0 ? "" : GAP).append(right.get(c) ? pad + text : text + pad);
        }
        return line.toString().stripTrailing();
    }
}
