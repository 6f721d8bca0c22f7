package dev.moviola.frame;

import dev.moviola.MoviolaException;
import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.frame.internal.TablePage;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.Table;

/**
 * A table as a notebook shows it: in pages that can be turned and sorted, with bars in columns of scores and, where
 * asked for, a picture of each clip. A {@link Table} that is the value of a cell is shown like this without further ado.
 *
 * <p>However long the table is, only one page of it is sent at a time while the kernel lives; what is saved with the
 * notebook holds the first {@value TablePage#KEPT} rows at most and can be turned and sorted without a kernel. Where
 * scripts do not run, the first page is seen. Immutable.
 */
public final class TableView implements Displayable {
    private final Table table;
    private final RenderLimits limits;
    private final @Nullable Path folder;

    private TableView(Table table, RenderLimits limits, @Nullable Path folder) {
        this.table = table;
        this.limits = limits;
        this.folder = folder;
    }

    /** A view of {@code table} in pages of 20 rows. */
    public static TableView of(Table table) {
        return new TableView(table, RenderLimits.standard(), null);
    }

    /**
     * This view with another number of rows on a page.
     *
     * @param rows 1..{@value TablePage#MOST_ROWS}
     */
    public TableView withRows(int rows) {
        if (rows < 1 || rows > TablePage.MOST_ROWS) {
            throw new MoviolaException("rows on a page must be in 1.." + TablePage.MOST_ROWS + ", but were " + rows);
        }
        return new TableView(table, limits.withRows(rows), folder);
    }

    /**
     * This view with a picture of each clip in front.
     *
     * @param runFolder the folder to which the paths in the column {@code clip} are relative; files outside of it are not
     *     looked at
     */
    public TableView withPosters(Path runFolder) {
        if (!table.containsColumn("clip")) {
            throw new MoviolaException(
                    "a table with pictures must have a column clip, but has only " + table.columnNames());
        }
        return new TableView(table, limits, runFolder);
    }

    /** The table. */
    public Table table() {
        return table;
    }

    @Override
    public MimeBundle display() {
        return TablePage.of(table, limits, folder).bundle();
    }
}
