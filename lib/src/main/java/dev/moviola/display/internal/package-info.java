/**
 * How a value finds its renderer, what those without one look like, and the target that prints.
 *
 * <p>May use {@code display}. Start reading at {@link dev.moviola.display.internal.Renderers}.
 */
@NullMarked
package dev.moviola.display.internal;

import org.jspecify.annotations.NullMarked;
