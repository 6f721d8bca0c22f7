package dev.moviola.kernel.magic.internal;

import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %reset}. */
public final class ResetMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("reset");
    }

    @Override
    public String summary() {
        return "forgets all that was declared";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        context.reset();
        return null;
    }
}
