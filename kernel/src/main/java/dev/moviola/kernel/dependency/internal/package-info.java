/**
 * How Maven is asked for libraries.
 *
 * <p>May use MIMA and its resolver. Start reading at {@link
 * dev.moviola.kernel.dependency.internal.Coordinates}.
 */
@NullMarked
package dev.moviola.kernel.dependency.internal;

import org.jspecify.annotations.NullMarked;
