/**
 * Jupyter's wire: connection file, signatures, messages and the five sockets.
 *
 * <p>May use Jackson, nothing else of the kernel. Start reading at {@link
 * dev.moviola.kernel.protocol.Transport}.
 */
@NullMarked
package dev.moviola.kernel.protocol;

import org.jspecify.annotations.NullMarked;
