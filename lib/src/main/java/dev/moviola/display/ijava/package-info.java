/**
 * The displays of this library in notebooks of the stock IJava kernel.
 *
 * <p>May use display and IJava's classes, which are there only inside that kernel. Start reading at {@link
 * dev.moviola.display.ijava.IJavaDisplays}.
 */
@NullMarked
package dev.moviola.display.ijava;

import org.jspecify.annotations.NullMarked;
