/**
 * The samplers, the coordinates in which they work, and where studies are kept.
 *
 * <p>May use {@code sweep} and {@code ledger}. Start reading at {@link dev.moviola.sweep.internal.Coordinates}.
 */
@NullMarked
package dev.moviola.sweep.internal;

import org.jspecify.annotations.NullMarked;
