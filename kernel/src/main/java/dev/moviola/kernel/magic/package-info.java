/**
 * The SPI of magics: lines and cells that are commands to the kernel, not Java.
 *
 * <p>May use the display package of the library only. Start reading at {@link dev.moviola.kernel.magic.Magic}.
 */
@NullMarked
package dev.moviola.kernel.magic;

import org.jspecify.annotations.NullMarked;
