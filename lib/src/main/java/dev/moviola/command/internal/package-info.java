/**
 * Command templates and supervised processes.
 *
 * <p>May use what {@code command} may use. Start reading at {@link dev.moviola.command.internal.Template}.
 */
@NullMarked
package dev.moviola.command.internal;

import org.jspecify.annotations.NullMarked;
