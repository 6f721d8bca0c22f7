package dev.moviola.cli;

/** The exit codes of the verbs. */
public final class Exit {
    /** Everything that was asked for was done. */
    public static final int DONE = 0;

    /** It ran to its end, but some jobs failed. */
    public static final int SOME_FAILED = 1;

    /** The arguments, or files that they name, make no sense; nothing was done. */
    public static final int BAD_ARGUMENTS = 2;

    /** Nothing usable came of it. */
    public static final int NOTHING_USABLE = 3;

    /** A fault of Moviola itself. */
    public static final int FAULT = 70;

    private Exit() {}
}
