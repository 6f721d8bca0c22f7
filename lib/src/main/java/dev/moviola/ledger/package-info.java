/**
 * The truth about a run: which jobs exist, what was submitted and paid for, what came back, how it scored.
 *
 * <p>May use {@code video} and {@code display}. Start reading at {@link dev.moviola.ledger.Ledger}.
 */
@NullMarked
package dev.moviola.ledger;

import org.jspecify.annotations.NullMarked;
