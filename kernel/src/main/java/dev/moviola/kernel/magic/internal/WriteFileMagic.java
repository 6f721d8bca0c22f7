package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Arguments;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %%writefile [-a] file}. */
public final class WriteFileMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("writefile");
    }

    @Override
    public boolean onLine() {
        return false;
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "writes the cell to a file, with -a at its end";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        List<String> words = new ArrayList<>(Arguments.split(arguments));
        boolean append = words.remove("-a");
        if (words.size() != 1) {
            throw new MoviolaException(
                    "%%writefile takes one file, but was given " + words.size() + "; quote a name with blanks");
        }
        Path file = Path.of(words.get(0));
        String text = body == null || body.isEmpty() || body.endsWith("\n") ? String.valueOf(body) : body + "\n";
        boolean there = Files.exists(file);
        try {
            if (append) {
                Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } else {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            throw new MoviolaException("%%writefile cannot write " + file.toAbsolutePath() + ": " + e, e);
        }
        context.out().println((append ? "Appended to " : there ? "Wrote over " : "Wrote ") + file);
        return null;
    }
}
