/**
 * The statistics behind tables and the renderers that notebooks show them with.
 *
 * <p>May use {@code frame}. Start reading at {@link dev.moviola.frame.internal.StratifiedWelch}.
 */
@NullMarked
package dev.moviola.frame.internal;

import org.jspecify.annotations.NullMarked;
