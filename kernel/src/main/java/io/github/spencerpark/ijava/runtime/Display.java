package io.github.spencerpark.ijava.runtime;

import dev.moviola.kernel.Notebook;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/** Shows values, for notebooks that were written for IJava. */
public final class Display {
    private Display() {}

    /** The forms in which a value can be shown. */
    public static DisplayData render(@Nullable Object value) {
        return IJava.getKernelInstance().getRenderer().render(value);
    }

    /** A value in the given forms. */
    public static DisplayData render(@Nullable Object value, String... mediaTypes) {
        return IJava.getKernelInstance().getRenderer().renderAs(value, mediaTypes);
    }

    /** Shows a value; gives the id under which it can be updated. */
    public static String display(@Nullable Object value) {
        return Notebook.display(value);
    }

    /** Shows a value in the given forms; gives the id under which it can be updated. */
    public static String display(@Nullable Object value, String... mediaTypes) {
        return Notebook.display(value, mediaTypes);
    }

    /** Puts a value in the place of what was shown under that id. */
    public static void updateDisplay(String id, @Nullable Object value) {
        Notebook.updateDisplay(id, value);
    }

    /** Puts a value, in the given forms, in the place of what was shown under that id. */
    public static void updateDisplay(String id, @Nullable Object value, String... mediaTypes) {
        Notebook.updateDisplay(id, value, mediaTypes);
    }
}
