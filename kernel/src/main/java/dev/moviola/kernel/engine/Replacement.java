package dev.moviola.kernel.engine;

import java.lang.reflect.Field;

/**
 * A variable that got another class, as JShell gives it one when an import with a star or a redeclaration could change
 * what its declaration means. What it held is then in the old class.
 *
 * @param before where it was
 * @param now where it is
 */
record Replacement(Field before, Field now) {
    /** The same variable once more in another class. */
    Replacement then(Field later) {
        return new Replacement(before, later);
    }

    /** Whether what it held fits: its type may have become another one, even if that has the same name. */
    boolean fits() {
        return now.getType() == before.getType();
    }

    /** Gives the variable what it held, if that {@linkplain #fits fits}. */
    void carry() {
        if (!fits()) {
            return;
        }
        try {
            now.set(null, before.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
