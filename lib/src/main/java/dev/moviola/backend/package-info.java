/**
 * The interface behind which every maker of clips stands, and the vocabulary of its answers.
 *
 * <p>May use {@code ledger}, {@code video} and {@code display}. Start reading at {@link dev.moviola.backend.VideoBackend}.
 */
@NullMarked
package dev.moviola.backend;

import org.jspecify.annotations.NullMarked;
