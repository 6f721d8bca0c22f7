/**
 * The magics that come with the kernel.
 *
 * <p>May use magic, dependency and Jackson. Start reading at {@link dev.moviola.kernel.magic.internal.Magics}.
 */
@NullMarked
package dev.moviola.kernel.magic.internal;

import org.jspecify.annotations.NullMarked;
