package dev.moviola.frame.internal;

import dev.moviola.MoviolaException;
import dev.moviola.display.Answerer;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.columns.Column;

/**
 * The rows of a table, page by page, in any order. Holds its columns only as long as memory is not short or someone else
 * holds them. Safe for use by many threads while nobody changes the table.
 */
final class TableRows implements Answerer {
    private final List<SoftReference<Column<?>>> columns;
    private final List<ColumnLook> looks;
    private final @Nullable ClipPosters posters;
    private final @Nullable SoftReference<Column<?>> clips;
    private final int total;
    private final int longest;
    private SoftReference<Order> order = new SoftReference<>(null);

    private record Order(int column, boolean descending, int[] rows) {}

    TableRows(
            List<Column<?>> columns,
            List<ColumnLook> looks,
            @Nullable ClipPosters posters,
            @Nullable Column<?> clips,
            int total,
            int longest) {
        this.columns = columns.stream()
                .<SoftReference<Column<?>>>map(SoftReference::new)
                .toList();
        this.looks = looks;
        this.posters = posters;
        this.clips = clips == null ? null : new SoftReference<>(clips);
        this.total = total;
        this.longest = longest;
    }

    /**
     * The cells of a row: text, for numbers null or text and value.
     *
     * @param pictures whether a picture of the clip comes first; where there could be one and this is false it is empty
     */
    List<@Nullable Object> cells(int row, boolean pictures) {
        List<@Nullable Object> cells = new ArrayList<>();
        if (posters != null && clips != null) {
            Column<?> clip = column(clips);
            cells.add(pictures && !clip.isMissing(row) ? posters.of(clip.getString(row)) : "");
        }
        for (int c = 0; c < looks.size(); c++) {
            Column<?> column = column(columns.get(c));
            ColumnLook look = looks.get(c);
            String text = look.text(column, row, longest);
            if (!look.number()) {
                cells.add(text);
            } else {
                cells.add(text.isEmpty() ? null : List.of(text, look.value(column, row)));
            }
        }
        return cells;
    }

    /** Whether there is a picture in front of each row. */
    boolean hasPictures() {
        return posters != null;
    }

    @Override
    public Map<String, ?> answer(Map<String, ?> question) {
        int count = Math.min(number(question, "count", 1), TablePage.MOST_ROWS);
        int sort = number(question, "sort", -1);
        int from = Math.min(number(question, "from", 0), Math.max(0, total - 1));
        if (sort >= looks.size() || from < 0 || count < 1) {
            throw new MoviolaException("a page must begin at 0 or later and be sorted by one of " + looks.size()
                    + " columns, but was " + question);
        }
        int @Nullable [] rows = sort < 0 ? null : order(sort, Objects.equals(question.get("descending"), true));
        List<List<@Nullable Object>> page = new ArrayList<>();
        for (int r = from; r < Math.min((long) total, (long) from + count); r++) {
            page.add(cells(rows == null ? r : rows[r], true));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("from", from);
        answer.put("rows", page);
        return answer;
    }

    private static int number(Map<String, ?> question, String name, int otherwise) {
        return question.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    private synchronized int[] order(int by, boolean descending) {
        Order known = order.get();
        if (known != null && known.column() == by && known.descending() == descending) {
            return known.rows();
        }
        Column<?> column = column(columns.get(by));
        IntComparator up = column.rowComparator();
        int[] present =
                IntStream.range(0, total).filter(row -> !column.isMissing(row)).toArray();
        IntArrays.stableSort(present, descending ? (a, b) -> up.compare(b, a) : up);
        int[] rows = new int[total];
        System.arraycopy(present, 0, rows, 0, present.length);
        int at = present.length;
        for (int row = 0; row < total && at < total; row++) {
            if (column.isMissing(row)) {
                rows[at++] = row;
            }
        }
        order = new SoftReference<>(new Order(by, descending, rows));
        return rows;
    }

    private Column<?> column(SoftReference<Column<?>> reference) {
        Column<?> column = reference.get();
        if (column == null || column.size() < total) {
            throw new MoviolaException("the table is no longer as it was; run the cell again to see more of it");
        }
        return column;
    }
}
