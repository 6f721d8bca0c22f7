/**
 * Command templates and supervised processes.
 *
 */
@NullMarked
package dev.moviola.command.internal;

import org.jspecify.annotations.NullMarked;
