/**
 * How the dispatcher works inside: one thread that owns all state, and the parts that it is made of.
 *
 * <p>May use what {@code dispatch} may use. Start reading at {@link dev.moviola.dispatch.internal.Engine}.
 */
@NullMarked
package dev.moviola.dispatch.internal;

import org.jspecify.annotations.NullMarked;
