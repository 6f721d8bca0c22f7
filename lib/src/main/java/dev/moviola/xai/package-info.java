/**
 * Grok Imagine, xAI's generator of clips: its HTTP client, its models as data, and its backend.
 *
 * <p>May use {@code ledger} and {@code backend}. Start reading at {@link dev.moviola.xai.XaiBackend}.
 */
@NullMarked
package dev.moviola.xai;

import org.jspecify.annotations.NullMarked;
