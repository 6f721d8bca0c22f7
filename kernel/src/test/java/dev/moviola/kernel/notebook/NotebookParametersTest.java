package dev.moviola.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moviola.MoviolaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotebookParametersTest {
    private static String injected(String defaults, Map<String, String> parameters) {
        NotebookFile notebook =
                NotebookFile.of(List.of(NotebookCell.of(NotebookCell.Kind.CODE, defaults, List.of("parameters"))));
        NotebookParameters.inject(notebook, parameters);
        return notebook.cells().get(1).source().replaceFirst("// Parameters\n", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int x = 1;|50|int x = 50;",
                "long x = 1;|50|long x = 50L;",
                "final double x = 1;|1e3|double x = 1000.0;",
                "float x = 1f;|0.5|float x = (float) 0.5;",
                "boolean x = false;|TRUE|boolean x = true;",
                "char x = 'a';|b|char x = (char) 98;",
                "String x = null;|50|String x = \"50\";",
                "var x = \"a\";|50|var x = \"50\";",
                "var x = 1;|2.5|var x = 2.5;",
                "List<String> x = List.of();|[\"a\", \"b\"]|List<String> x = java.util.List.of(\"a\", \"b\");",
                "double[] x = {1};|[1, 2.5]|double[] x = {1.0, 2.5};",
                "java.time.Duration x = null;|PT5S|java.time.Duration x = java.time.Duration.parse(\"PT5S\");",
            })
    void aValueIsWrittenAsTheTypeThatTheNotebookDeclares(String defaults, String value, String line) {
        assertThat(injected(defaults, Map.of("x", value))).isEqualTo(line);
    }

    @Test
    void textCannotBecomeCode() {
        assertThat(injected("String x = \"\";", Map.of("x", "\"; System.exit(1); //\n\\u0022")))
                .isEqualTo("String x = \"\\\"; System.exit(1); //\\n\\\\u0022\";");
    }

    @Test
    void aValueThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> injected("int x = 1;", Map.of("x", "many")))
                .isInstanceOf(MoviolaException.class)
                .hasMessage("parameter x must be of type int, but was \"many\"");
        assertThatThrownBy(() -> injected("boolean x = true;", Map.of("x", "yes")))
                .hasMessageContaining("boolean");
        assertThatThrownBy(() -> injected("int[] x = {};", Map.of("x", "1"))).hasMessageContaining("int[]");
        assertThatThrownBy(() -> injected("Thread x = null;", Map.of("x", "1"))).hasMessageContaining("Thread");
    }

    @Test
    void aNameThatTheNotebookDoesNotDeclareIsRefused() {
        assertThatThrownBy(() -> injected("int variants = 1;", Map.of("variatns", "2")))
                .hasMessageContaining("(variants)")
                .hasMessageContaining("variatns");
    }

    @Test
    void withoutACellOfDefaultsTheyComeFirstWithTheTypesThatTheyLookLike() {
        NotebookFile notebook = NotebookFile.of(List.of(NotebookCell.of(NotebookCell.Kind.CODE, "n", List.of())));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("n", "5");
        parameters.put("big", "5000000000");
        parameters.put("real", ".5");
        parameters.put("yes", "true");
        parameters.put("text", "1.2.3");

        NotebookParameters.inject(notebook, parameters);

        assertThat(notebook.cells().get(0).source().lines().skip(1))
                .containsExactly(
                        "var n = 5;",
                        "var big = 5000000000L;",
                        "var real = 0.5;",
                        "var yes = true;",
                        "var text = \"1.2.3\";");
        assertThatThrownBy(() -> NotebookParameters.inject(notebook, Map.of("not a name", "1")))
                .hasMessageContaining("not a name");
    }

    @Test
    void parametersThatWerePutInBeforeAreReplaced() {
        NotebookFile notebook =
                NotebookFile.of(List.of(NotebookCell.of(NotebookCell.Kind.CODE, "int n = 1;", List.of("parameters"))));
        NotebookParameters.inject(notebook, Map.of("n", "2"));
        NotebookParameters.inject(notebook, Map.of("n", "3"));

        assertThat(notebook.cells()).hasSize(2);
        assertThat(notebook.cells().get(1).source()).contains("int n = 3;");
    }
}
