package dev.moviola.prompt;

import dev.moviola.MoviolaException;

/**
 * A few words that are added to a prompt, such as {@code zero-G flips}.
 *
 * @param text what is added; white space around it is dropped; 1 to 2,000 characters
 */
public record Modifier(String text) {
    /** The most characters that a modifier may have. */
    public static final int MAX_LENGTH = 2_000;

    /** Drops white space around the text. */
    public Modifier {
        text = text.strip();
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new MoviolaException(
                    "a modifier must have 1 to " + MAX_LENGTH + " characters, but had " + text.length());
        }
    }
}
