/**
 * Which requests are right, what the answers mean, and how a clip is brought here.
 *
 * <p>May use {@code ledger} and {@code backend}. Start reading at {@link dev.moviola.xai.internal.Answers}.
 */
@NullMarked
package dev.moviola.xai.internal;

import org.jspecify.annotations.NullMarked;
