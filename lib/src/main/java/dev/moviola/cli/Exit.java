package dev.moviola.cli;

/** The exit codes of the verbs. */
public final class Exit {
    /** Everything that was asked for was done. */
    public static final int DONE = 0;

    /** Some jobs failed, or could not be made. */
    public static final int SOME_FAILED = 1;

    /** The arguments, or files that they name, make no sense; nothing was done. */
    public static final int BAD_ARGUMENTS = 2;

    /** Nothing usable came of it. */
    public static final int NOTHING_USABLE = 3;

    /** Ctrl+C ended it before all was done; resume goes on. The number is that of shells. */
    public static final int INTERRUPTED = 130;

    /** A fault of Moviola itself. */
    public static final int FAULT = 70;

    private Exit() {}
}
