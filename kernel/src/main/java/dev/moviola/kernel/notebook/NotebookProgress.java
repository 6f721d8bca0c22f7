package dev.moviola.kernel.notebook;

import dev.moviola.kernel.engine.CellError;
import org.jspecify.annotations.Nullable;

/** Is told how a {@link NotebookRun} goes on. Called from the thread that runs it, but for {@link #printed}. */
public interface NotebookProgress {
    /**
     * A code cell begins.
     *
     * @param position its place among the code cells, from 1
     * @param total how many of them there are
     */
    default void begins(NotebookCell cell, int position, int total) {}

    /** A cell has printed a piece of text. Called from any thread. */
    default void printed(String text, boolean toError) {}

    /** A code cell has ended, with an error or, if that is null, without. */
    default void ended(NotebookCell cell, int position, int total, @Nullable CellError error) {}
}
