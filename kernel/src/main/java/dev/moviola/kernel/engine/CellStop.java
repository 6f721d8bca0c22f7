package dev.moviola.kernel.engine;

import org.jspecify.annotations.Nullable;

/** Unwinds a thread of a cell that was interrupted or that called {@code System.exit}. */
@SuppressWarnings({"removal", "deprecation"})
public final class CellStop extends ThreadDeath {
    private static final long serialVersionUID = 1L;

    private final @Nullable Integer exitCode;

    CellStop(@Nullable Integer exitCode) {
        this.exitCode = exitCode;
    }

    /** The argument of {@code System.exit}; null when the user interrupted. */
    public @Nullable Integer exitCode() {
        return exitCode;
    }

    @Override
    public String getMessage() {
        return exitCode == null ? "interrupted" : "System.exit(" + exitCode + ") ended this cell, not the kernel";
    }
}
