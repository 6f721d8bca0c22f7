package dev.moviola.kernel.notebook;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts parameters into a notebook as papermill does: in a cell tagged {@code injected-parameters} after the one tagged
 * {@code parameters}, which holds the names, their types and the values that they have otherwise.
 */
public final class NotebookParameters {
    /** The tag of the cell with the defaults. */
    public static final String TAG = "parameters";

    /** The tag of the cell that is put in. */
    public static final String INJECTED_TAG = "injected-parameters";

    private static final Pattern DECLARATION = Pattern.compile(
            "(?m)^[ \\t]*(?:final[ \\t]+)?([A-Za-z][\\w.]*(?:<[^=;]*>)?(?:\\[\\])*)[ \\t]+([A-Za-z_$][\\w$]*)[ \\t]*=[ \\t]*([^\\n]*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_$][\\w$]*");

    private NotebookParameters() {}

    private record Declared(String type, String value) {}

    /**
     * Puts {@code parameters} into the notebook; one that was put in before is replaced.
     *
     * @param parameters values as text by name; a list is a JSON array
     * @throws MoviolaException if the notebook declares parameters, but not that one, or of a type that the text does
     *     not fit
     */
    public static void inject(NotebookFile notebook, Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        List<NotebookCell> cells = notebook.cells();
        int defaults = -1;
        Map<String, Declared> declared = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            NotebookCell cell = cells.get(i);
            Set<String> tags = cell.tags();
            if (defaults < 0 && tags.contains(TAG) && cell.kind() == NotebookCell.Kind.CODE) {
                defaults = i;
                Matcher matcher = DECLARATION.matcher(cell.source());
                while (matcher.find()) {
                    declared.put(matcher.group(2), new Declared(matcher.group(1), matcher.group(3)));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("// Parameters");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            lines.add(line(parameter.getKey(), parameter.getValue(), declared, defaults >= 0));
        }
        NotebookCell cell = NotebookCell.of(NotebookCell.Kind.CODE, String.join("\n", lines), List.of(INJECTED_TAG));
        cells.stream().filter(old -> old.tags().contains(INJECTED_TAG)).forEach(notebook::remove);
        notebook.add(defaults < 0 ? 0 : notebook.cells().indexOf(cells.get(defaults)) + 1, cell);
    }

    private static String line(String name, String value, Map<String, Declared> declared, boolean strict) {
        if (!NAME.matcher(name).matches()) {
            throw new MoviolaException("a parameter must have the name of a Java variable, but was \"" + name + "\"");
        }
        Declared as = declared.get(name);
        if (as == null) {
            if (strict) {
                throw new MoviolaException("a parameter must be one that the cell tagged " + TAG + " declares ("
                        + String.join(", ", declared.keySet()) + "), but was " + name);
            }
            return "var " + name + " = " + ParameterLiteral.guess(value) + ";";
        }
        String literal = as.type().equals("var")
                ? as.value().startsWith("\"") ? ParameterLiteral.text(value) : ParameterLiteral.guess(value)
                : ParameterLiteral.of(name, as.type(), value);
        return as.type() + " " + name + " = " + literal + ";";
    }
}
