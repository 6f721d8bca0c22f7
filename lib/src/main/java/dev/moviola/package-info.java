/**
 * What every room of Moviola shares: the root exception.
 *
 * <p>May use nothing but the JDK. Start reading at {@link dev.moviola.MoviolaException}.
 */
@NullMarked
package dev.moviola;

import org.jspecify.annotations.NullMarked;
