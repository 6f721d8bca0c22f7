/**
 * What the kernel does with each message.
 *
 * <p>May use protocol, engine, assist and magic. Start reading at {@link dev.moviola.kernel.internal.Session}.
 */
@NullMarked
package dev.moviola.kernel.internal;

import org.jspecify.annotations.NullMarked;
