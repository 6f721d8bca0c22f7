package dev.moviola.frame;

/**
 * A modifier as it is named in tables: where it came from and what it says.
 *
 * @param pool name of the pool, empty when unknown
 * @param text the text that was put into the prompt
 */
public record ModifierName(String pool, String text) implements Comparable<ModifierName> {
    @Override
    public int compareTo(ModifierName other) {
        int byPool = pool.compareTo(other.pool);
        return byPool != 0 ? byPool : text.compareTo(other.text);
    }

    /** {@code pool: text}, or the text alone. */
    @Override
    public String toString() {
        return pool.isEmpty() ? text : pool + ": " + text;
    }
}
