package dev.moviola.kernel.notebook;

import dev.moviola.kernel.notebook.internal.ScriptReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A JBang script as a notebook: the way back from {@link ScriptExport}. Of any other script the libraries, the imports
 * and each type become a cell, and the last one calls {@code main}.
 *
 * @param notebook without outputs
 * @param notes what is other in the notebook than in the script
 */
public record ScriptImport(NotebookFile notebook, List<String> notes) {
    /** Copies the list. */
    public ScriptImport {
        notes = List.copyOf(notes);
    }

    /**
     * Reads a script.
     *
     * @param name of its file, for messages
     * @throws dev.moviola.MoviolaException if it is not Java
     */
    public static ScriptImport of(String name, String text) {
        ScriptReader reader = ScriptReader.read(name, text.replace("\r\n", "\n"));
        List<NotebookCell> cells = new ArrayList<>();
        for (ScriptReader.Cell cell : reader.cells()) {
            NotebookCell.Kind kind = NotebookCell.Kind.valueOf(cell.kind().toUpperCase(Locale.ROOT));
            NotebookCell made = NotebookCell.of(kind, cell.source(), cell.tags());
            made.json().put("id", cell.id());
            cells.add(made);
        }
        return new ScriptImport(NotebookFile.of(cells), reader.notes());
    }
}
