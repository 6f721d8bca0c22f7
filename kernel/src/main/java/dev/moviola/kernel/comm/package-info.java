/**
 * Comms: messages both ways between code in cells and the notebook's front end.
 *
 * <p>May use nothing but the JDK. Start reading at {@link dev.moviola.kernel.comm.Comms}.
 */
@NullMarked
package dev.moviola.kernel.comm;

import org.jspecify.annotations.NullMarked;
