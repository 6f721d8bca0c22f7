package org.dflib.jjava.runtime;

import dev.moviola.kernel.Notebook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls magics, for notebooks that were written for JJava. */
public final class Magics {
    private Magics() {}

    /**
     * Calls a line magic.
     *
     * @param <T> the type that the caller expects its result to have
     * @throws Exception what the magic threw
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> @Nullable T lineMagic(String name, List<String> arguments) throws Exception {
        return Notebook.lineMagic(name, arguments);
    }

    /**
     * Calls a cell magic.
     *
     * @param <T> the type that the caller expects its result to have
     * @throws Exception what the magic threw
     */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) throws Exception {
        return Notebook.cellMagic(name, arguments, body);
    }
}
