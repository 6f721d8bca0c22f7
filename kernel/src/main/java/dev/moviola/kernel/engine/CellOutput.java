package dev.moviola.kernel.engine;

/** Where the output of one cell goes. Called from any thread. A call may wait while the reader is slow. */
public interface CellOutput {
    /** Bytes for standard output, or with {@code error} for standard error, as UTF-8 that may be cut anywhere. */
    void write(boolean error, byte[] bytes, int offset, int length);

    /** Hands on what was held back to make larger pieces of it. */
    void flush();

    /** Removes what the cell has shown; with {@code wait} only when it shows the next thing. */
    void clear(boolean wait);

    /**
     * Asks the user.
     *
     * @param prompt shown before the field
     * @param password whether what is typed is hidden
     * @return the line, without its end
     */
    String input(String prompt, boolean password) throws InterruptedException;
}
