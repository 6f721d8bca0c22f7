/**
 * The two ledgers, on SQLite and in memory, and the rules that both obey.
 *
 * <p>May use {@code ledger} alone. Start reading at {@link dev.moviola.ledger.internal.Rules}.
 */
@NullMarked
package dev.moviola.ledger.internal;

import org.jspecify.annotations.NullMarked;
