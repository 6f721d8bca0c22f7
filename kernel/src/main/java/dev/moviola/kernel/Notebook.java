package dev.moviola.kernel;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.engine.Cell;

/** What code in a cell may ask of the notebook. */
public final class Notebook {
    private Notebook() {}

    /** Asks the user for a line. */
    public static String input(String prompt) throws InterruptedException {
        return cell().output().input(prompt, false);
    }

    /** Asks the user for a line that is not shown while it is typed. */
    public static String password(String prompt) throws InterruptedException {
        return cell().output().input(prompt, true);
    }

    /** Removes what the cell has shown so far; with {@code wait} only when it shows the next thing. */
    public static void clearOutput(boolean wait) {
        cell().output().clear(wait);
    }

    private static Cell cell() {
        Cell cell = Cell.current();
        if (cell == null) {
            throw new MoviolaException("the notebook can only be asked from the thread of a cell; call this in a cell");
        }
        return cell;
    }
}
