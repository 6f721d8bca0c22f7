/**
 * Running Java cells in this process: the JShell session, its class loader, stopping, output and errors.
 *
 * <p>May use JShell and ASM, nothing of the protocol. Start reading at {@link dev.moviola.kernel.engine.Engine}.
 */
@NullMarked
package dev.moviola.kernel.engine;

import org.jspecify.annotations.NullMarked;
