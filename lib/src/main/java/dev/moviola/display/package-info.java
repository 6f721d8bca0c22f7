/**
 * Showing a value to a person: rich where there is a notebook, plain text everywhere else.
 *
 * <p>May use nothing but the JDK and the root package. Start reading at {@link dev.moviola.display.Display}.
 */
@NullMarked
package dev.moviola.display;

import org.jspecify.annotations.NullMarked;
