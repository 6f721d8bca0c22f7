package dev.moviola.sweep;

/** Which values are better. */
public enum Direction {
    /** Lower values. */
    MINIMIZE,
    /** Higher values. */
    MAXIMIZE;

    /** {@code value} as a loss, of which less is better. */
    public double loss(double value) {
        return this == MINIMIZE ? value : -value;
    }
}
