package dev.moviola.kernel.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a cell ended.
 *
 * @param hasValue whether it ended with an expression that has a value, which may be null
 * @param value the value itself
 * @param error why it failed; null if it did not
 */
public record CellOutcome(
        boolean hasValue, @Nullable Object value, @Nullable CellError error) {
    static CellOutcome nothing() {
        return new CellOutcome(false, null, null);
    }

    static CellOutcome failed(CellError error) {
        return new CellOutcome(false, null, error);
    }
}
