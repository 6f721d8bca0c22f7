/**
 * Moving pictures as data: decoding to frames, encoding, probing, posters and contact sheets.
 *
 * <p>May use {@code display}. Start reading at {@link dev.moviola.video.Frame}.
 */
@NullMarked
package dev.moviola.video;

import org.jspecify.annotations.NullMarked;
