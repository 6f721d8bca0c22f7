package dev.moviola.prompt;

import dev.moviola.MoviolaException;

/**
 * One modifier as it was used in one variant.
 *
 * @param pool the name of the pool that it came from
 * @param text the modifier's text
 * @param position its place among the variant's modifiers; 0 is the one next to the base prompt
 */
public record ModifierUse(String pool, String text, int position) {
    /** Checks the position. */
    public ModifierUse {
        if (position < 0) {
            throw new MoviolaException("a modifier's position must be 0 or more, but was " + position);
        }
    }
}
