/**
 * The rehearsal generator with knobs.
 *
 * <p>May use {@code backend}, {@code ledger} and the rehearsal's renderer. Start reading at {@link
 * dev.moviola.rehearsal.internal.tuned.TunedBackend}.
 */
@NullMarked
package dev.moviola.rehearsal.internal.tuned;

import org.jspecify.annotations.NullMarked;
