/**
 * Variants of a prompt: pools of modifiers, strategies that combine them, seeded and lazy.
 *
 * <p>May use {@code ledger} (for {@code Parameters}). Start reading at {@link dev.moviola.prompt.Mutator}.
 */
@NullMarked
package dev.moviola.prompt;

import org.jspecify.annotations.NullMarked;
