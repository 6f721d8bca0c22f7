/**
 * The native side of {@code video}: opening containers, decoding and encoding with ffmpeg's libraries.
 *
 * <p>May use {@code video}'s records. Start reading at {@link dev.moviola.video.internal.Source}.
 */
@NullMarked
package dev.moviola.video.internal;

import org.jspecify.annotations.NullMarked;
