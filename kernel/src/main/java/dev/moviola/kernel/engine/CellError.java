package dev.moviola.kernel.engine;

import java.util.List;

/**
 * Why a cell failed.
 *
 * @param name the class of the exception, or {@code CompilationError}, {@code Interrupted}, {@code SystemExit}
 * @param message its message; empty if it has none
 * @param traceback lines for the user, without colours
 */
public record CellError(String name, String message, List<String> traceback) {
    /** Copies the lines. */
    public CellError {
        traceback = List.copyOf(traceback);
    }
}
