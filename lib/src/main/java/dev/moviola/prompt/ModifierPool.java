package dev.moviola.prompt;

import dev.moviola.MoviolaException;
import dev.moviola.prompt.internal.BuiltIn;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named list of modifiers of one kind.
 *
 * @param name lower-case letters, digits, {@code -} and {@code _}, beginning with a letter; at most 40
 * @param modifiers one or more, none twice
 */
public record ModifierPool(String name, List<Modifier> modifiers) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    /** Copies the modifiers. */
    public ModifierPool {
        modifiers = List.copyOf(modifiers);
        if (!NAME.matcher(name).matches()) {
            throw new MoviolaException("a pool's name must be up to 40 lower-case letters, digits, - and _, beginning "
                    + "with a letter, but was " + name);
        }
        if (modifiers.isEmpty()) {
            throw new MoviolaException("pool " + name + " must have one or more modifiers, but has none");
        }
        Set<String> seen = new HashSet<>();
        for (Modifier modifier : modifiers) {
            if (!seen.add(modifier.text())) {
                throw new MoviolaException(
                        "pool " + name + " has the modifier '" + modifier.text() + "' twice; each must be there once");
            }
        }
    }

    /** A pool of modifiers with these texts. */
    public static ModifierPool of(String name, String... texts) {
        return new ModifierPool(name, Arrays.stream(texts).map(Modifier::new).toList());
    }

    /** The pools that Moviola brings: physics, camera, coherence, environment and quality. */
    public static List<ModifierPool> builtIn() {
        return BuiltIn.POOLS;
    }

    /** How many modifiers it has. */
    public int size() {
        return modifiers.size();
    }

    /** The text of the modifier at {@code index}, counted from 0. */
    public String text(int index) {
        return modifiers.get(index).text();
    }

    /** Where the modifier with this text is, or -1. */
    public int indexOf(String text) {
        return modifiers.indexOf(new Modifier(text));
    }
}
