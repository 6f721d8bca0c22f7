/**
 * Libraries from Maven repositories for the code of a session.
 *
 * <p>May use MIMA and Maven's resolver, nothing of the kernel. Start reading at {@link
 * dev.moviola.kernel.dependency.Dependencies}.
 */
@NullMarked
package dev.moviola.kernel.dependency;

import org.jspecify.annotations.NullMarked;
