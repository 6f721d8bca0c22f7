/**
 * Brings the jobs of a run to a backend and their clips back: limits, pacing, retries, money, devices, progress.
 *
 * <p>May use {@code backend}, {@code ledger}, {@code video} and {@code display}. Start reading at {@link
 * dev.moviola.dispatch.Dispatcher}.
 */
@NullMarked
package dev.moviola.dispatch;

import org.jspecify.annotations.NullMarked;
