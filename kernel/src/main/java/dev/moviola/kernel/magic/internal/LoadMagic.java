package dev.moviola.kernel.magic.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %load file}: runs Java sources, jshell scripts and notebooks. */
public final class LoadMagic implements Magic {
    private static final long LARGEST = 64L << 20;
    private static final List<String> ENDINGS = List.of("", ".ipynb", ".jshell", ".jsh", ".java");

    @Override
    public Set<String> names() {
        return Set.of("load");
    }

    @Override
    public String summary() {
        return "runs a .java or .jsh file, or the code cells of a .ipynb file";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        List<String> words = Arguments.split(arguments);
        if (words.size() != 1) {
            throw new MoviolaException(
                    "%load takes one file, but was given " + words.size() + "; quote a name with blanks");
        }
        Path file = find(words.get(0));
        if (Files.size(file) > LARGEST) {
            throw new MoviolaException(file + " has " + Files.size(file) + " bytes; %load takes at most " + LARGEST);
        }
        String text = Files.readString(file);
        String ending = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (ending.endsWith(".ipynb")) {
            return notebook(file, text, context);
        }
        return context.eval(
                ending.endsWith(".java") ? text.replaceFirst("(?m)^\\s*package\\s+[\\w.]+\\s*;", "") : text);
    }

    private static Path find(String name) {
        for (String ending : ENDINGS) {
            Path file = Path.of(name + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new MoviolaException("there is no file " + Path.of(name).toAbsolutePath());
    }

    private static @Nullable Object notebook(Path file, String text, MagicContext context) throws Exception {
        JsonNode notebook;
        try {
            notebook = new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new MoviolaException(file + " is not a notebook: " + e.getMessage(), e);
        }
        Object value = null;
        for (JsonNode cell : notebook.path("cells")) {
            if (cell.path("cell_type").asText().equals("code")) {
                StringBuilder source = new StringBuilder(
                        cell.path("source").isTextual() ? cell.path("source").asText() : "");
                cell.path("source").forEach(line -> source.append(line.asText()));
                value = context.eval(source.toString());
            }
        }
        return value;
    }
}
