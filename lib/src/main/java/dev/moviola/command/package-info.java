/**
 * Any local program as a maker of clips: one process per job, from an argument list and never through a shell.
 *
 * <p>May use {@code backend}, {@code ledger}, {@code video} and {@code display}. Start reading at {@link
 * dev.moviola.command.CommandBackend}.
 */
@NullMarked
package dev.moviola.command;

import org.jspecify.annotations.NullMarked;
