package dev.moviola.kernel.magic.internal;

import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %who}. */
public final class WhoMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("who");
    }

    @Override
    public String summary() {
        return "lists the variables and their types";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        JShellMagic.print(JShellMagic.variables(context.shell()), context);
        return null;
    }
}
