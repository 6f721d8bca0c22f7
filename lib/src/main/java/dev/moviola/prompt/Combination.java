package dev.moviola.prompt;

import dev.moviola.MoviolaException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Modifiers that are known to go wrong together.
 *
 * @param weight how often it is drawn, relative to the other combinations; over 0 and at most 1,000,000
 * @param parts its modifiers in the order in which they are added to the prompt; one or more, none twice
 */
public record Combination(double weight, List<Part> parts) {
    /**
     * One modifier of a combination.
     *
     * @param pool the name of its pool
     * @param text its text, as in the pool
     */
    public record Part(String pool, String text) {}

    /** Copies the parts. */
    public Combination {
        parts = List.copyOf(parts);
        Set<Part> distinct = new HashSet<>(parts);
        if (!(weight > 0 && weight <= 1e6)) {
            throw new MoviolaException(
                    "a combination's weight must be over 0 and at most 1000000, but was " + weight + " for " + parts);
        }
        if (parts.isEmpty() || distinct.size() < parts.size()) {
            throw new MoviolaException(
                    "a combination needs one or more modifiers, none of them twice, but has " + parts);
        }
    }

    /** A combination of modifiers given as pool and text in turn. */
    public static Combination of(double weight, String... poolsAndTexts) {
        if (poolsAndTexts.length % 2 != 0) {
            throw new MoviolaException(
                    "a combination needs a text for each pool, but got " + poolsAndTexts.length + " items");
        }
        List<Part> parts = new java.util.ArrayList<>();
        for (int i = 0; i < poolsAndTexts.length; i += 2) {
            parts.add(new Part(poolsAndTexts[i], poolsAndTexts[i + 1]));
        }
        return new Combination(weight, parts);
    }

    /** The combinations that Moviola knows; they use the pools of {@link ModifierPool#builtIn()}. */
    public static List<Combination> builtIn() {
        return dev.moviola.prompt.internal.BuiltIn.COMBINATIONS;
    }
}
