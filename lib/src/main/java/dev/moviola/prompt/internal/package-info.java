/**
 * How variants are counted, ordered and drawn without repetition.
 *
 * <p>May use {@code prompt}'s records only. Start reading at {@link dev.moviola.prompt.internal.Cell}.
 */
@NullMarked
package dev.moviola.prompt.internal;

import org.jspecify.annotations.NullMarked;
