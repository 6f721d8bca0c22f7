package dev.moviola.frame.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import tech.tablesaw.api.Table;

/** Shows a Tablesaw table as a {@link TablePage}. */
public final class TableRenderer implements Renderer<Table> {
    @Override
    public Class<Table> type() {
        return Table.class;
    }

    @Override
    public MimeBundle render(Table table, RenderLimits limits) {
        return TablePage.of(table, limits, null).bundle();
    }
}
