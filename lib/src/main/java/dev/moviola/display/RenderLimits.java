package dev.moviola.display;

import dev.moviola.MoviolaException;

/**
 * How much of a large value is shown. What is left out must be said in the rendering.
 *
 * @param rows rows of a table or items of a list, at least 1
 * @param columns columns of a table, at least 1
 * @param characters characters of one text or cell, at least 16
 */
public record RenderLimits(int rows, int columns, int characters) {
    private static final RenderLimits STANDARD = new RenderLimits(20, 40, 2_000);

    /** Checks the bounds. */
    public RenderLimits {
        if (rows < 1 || columns < 1 || characters < 16) {
            throw new MoviolaException("render limits must be at least 1 row, 1 column and 16 characters, but were "
                    + rows + ", " + columns + " and " + characters);
        }
    }

    /** 20 rows, 40 columns, 2,000 characters. */
    public static RenderLimits standard() {
        return STANDARD;
    }

    /** These limits with another number of rows. */
    public RenderLimits withRows(int count) {
        return new RenderLimits(count, columns, characters);
    }
}
