package dev.moviola.kernel.engine;

import dev.moviola.MoviolaException;

/** Code that was run from within a cell failed; carries the error as the user should see it. */
public final class CellFailure extends MoviolaException {
    private static final long serialVersionUID = 1L;

    private final transient CellError error;

    /** A failure with {@code error}. */
    public CellFailure(CellError error) {
        super(error.name() + ": " + error.message());
        this.error = error;
    }

    /** Why it failed. */
    public CellError error() {
        return error;
    }
}
