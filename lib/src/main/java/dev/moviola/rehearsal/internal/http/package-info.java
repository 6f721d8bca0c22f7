/**
 * The inside of the xAI stand-in: a small HTTP server that can break connections on purpose, and the service on it.
 *
 * <p>May use {@code ledger}, {@code xai} and {@code rehearsal}. Start reading at {@link
 * dev.moviola.rehearsal.internal.http.GrokService}.
 */
@NullMarked
package dev.moviola.rehearsal.internal.http;

import org.jspecify.annotations.NullMarked;
