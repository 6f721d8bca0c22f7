package dev.moviola.kernel.magic.internal;

import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %time code} and {@code %%time}. */
public final class TimeMagic implements Magic {
    @Override
    public Set<String> names() {
        return Set.of("time");
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "runs code and says how long it took, compilation included";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        long start = System.nanoTime();
        try {
            return context.eval(body == null ? arguments : arguments + "\n" + body);
        } finally {
            context.out().println("Wall time: " + Durations.text(System.nanoTime() - start));
        }
    }
}
