/**
 * What the terminal is, and the parts of verbs that are not for others.
 *
 * <p>May use every room. Start reading at {@link dev.moviola.cli.internal.Terminal}.
 */
@NullMarked
package dev.moviola.cli.internal;

import org.jspecify.annotations.NullMarked;
