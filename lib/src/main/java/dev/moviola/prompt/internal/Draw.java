package dev.moviola.prompt.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets of modifiers one after another, none twice. Not thread-safe. */
interface Draw {
    /** The next set, or null when there is none left. */
    @Nullable
    List<Use> next();
}
