package dev.moviola.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Gets what a cell shows, in order. Called from any thread, also after the cell has ended when it left threads behind. */
@FunctionalInterface
public interface CellSink {
    /**
     * One thing that was shown.
     *
     * @param type {@code stream}, {@code display_data}, {@code update_display_data}, {@code execute_result}, {@code
     *     error} or {@code clear_output}
     * @param content the content of Jupyter's message of that type
     */
    void output(String type, ObjectNode content);

    /**
     * Asks the user for a line; by default there is none to ask.
     *
     * @param prompt shown before the field
     * @param password whether what is typed is hidden
     */
    default String input(String prompt, boolean password) throws InterruptedException {
        throw new UnsupportedOperationException("nobody is there to answer \"" + prompt + "\"");
    }
}
