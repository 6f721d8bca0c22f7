package dev.moviola.kernel;

import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Uses all that the SPI offers. */
public final class TestMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("testecho", "testeval");
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "for tests";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        if (name.equals("testeval")) {
            context.addToClassPath(List.of(Path.of("target")));
            context.err().print(context.classPath().size() + context.magics().size());
            context.display(context.shell().snippets().count());
            return context.eval(arguments);
        }
        context.out().println(arguments + (body == null ? "" : "|" + body));
        return null;
    }
}
