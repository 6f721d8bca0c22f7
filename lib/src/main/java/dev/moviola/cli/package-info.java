/**
 * What all verbs share on the command line: options, exit codes, tables, progress, errors, confirmation.
 *
 * <p>May use every room. Start reading at {@link dev.moviola.cli.Verb}.
 */
@NullMarked
package dev.moviola.cli;

import org.jspecify.annotations.NullMarked;
