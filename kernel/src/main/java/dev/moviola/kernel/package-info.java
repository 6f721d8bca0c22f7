/**
 * A Jupyter kernel for Java.
 *
 * <p>May use all packages below it and the display package of the library. Start reading at {@link
 * dev.moviola.kernel.Main}.
 */
@NullMarked
package dev.moviola.kernel;

import org.jspecify.annotations.NullMarked;
