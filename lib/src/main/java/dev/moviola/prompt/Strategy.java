package dev.moviola.prompt;

import dev.moviola.MoviolaException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How modifiers are combined into variants. In each, a variant takes at most one modifier from a pool that is free. */
public enum Strategy {
    /**
     * First draws how many modifiers (each number equally likely), then one of the sets of that many, each equally
     * likely, without repetition.
     */
    RANDOM,
    /**
     * Draws one of the known-bad {@link Combination}s by its weight. A combination is first used as it is, then with
     * one further modifier from a pool that it leaves free, then with two, and so on, without repetition.
     */
    ADVERSARIAL,
    /** The full cross product: one modifier of every pool, each choice once, in a seeded order. */
    COMBINATORIAL,
    /** A covering array: few variants with one modifier of every pool, in which every pair of modifiers meets. */
    PAIRWISE;

    /** The name as users write it: {@code adversarial}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strategy that users call {@code id}. */
    public static Strategy of(String id) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.id().equals(id.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new MoviolaException("strategy must be one of "
                        + Arrays.stream(values()).map(Strategy::id).collect(Collectors.joining(", ")) + ", but was "
                        + id));
    }
}
