package dev.moviola.kernel.notebook;

import dev.moviola.kernel.notebook.internal.ScriptWriter;
import java.util.List;
import java.util.Locale;

/**
 * A notebook as a script that JBang runs.
 *
 * <p>Libraries become {@code //DEPS}, imports stand on top, variables become static fields, and each cell becomes a
 * method that is called in order. Text stays as comments. The names in the cell tagged {@code parameters} can be given on
 * the script's command line as {@code name=value}. Magics that have no meaning in Java stay as comments.
 *
 * @param text the script
 * @param notes what is other in the script than in the notebook
 */
public record ScriptExport(String text, List<String> notes) {
    /** Copies the list. */
    public ScriptExport {
        notes = List.copyOf(notes);
    }

    /**
     * Makes a script. Nothing of the notebook is run, but its libraries are fetched, since the types of variables may
     * depend on them.
     *
     * @param className the name that its class is to have; what is no name in Java is made one
     */
    public static ScriptExport of(NotebookFile notebook, String className) throws InterruptedException {
        ScriptWriter writer = new ScriptWriter(name(className));
        for (NotebookCell cell : notebook.cells()) {
            if (cell.source().isBlank()) {
                continue;
            }
            switch (cell.kind()) {
                case CODE -> writer.code(cell.id(), List.copyOf(cell.tags()), cell.source());
                case MARKDOWN, RAW ->
                    writer.text(
                            cell.kind().name().toLowerCase(Locale.ROOT),
                            cell.id(),
                            List.copyOf(cell.tags()),
                            cell.source());
            }
        }
        return new ScriptExport(writer.finish(), writer.notes());
    }

    private static String name(String wanted) {
        String name = wanted.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        return name.isEmpty() || !Character.isLetter(name.charAt(0)) ? "Notebook" + name : name;
    }
}
