/**
 * Searches a space of parameters for the best value of any score: spaces, samplers, and studies with ask and tell.
 *
 * <p>May use {@code ledger}. Start reading at {@link dev.moviola.sweep.Study}.
 */
@NullMarked
package dev.moviola.sweep;

import org.jspecify.annotations.NullMarked;
