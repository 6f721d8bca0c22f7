/**
 * The pictures of rehearsal clips: scene, sprites, weather and injected defects, the same on every machine.
 *
 * <p>May use {@code video} and {@code rehearsal}'s records. Start reading at {@link dev.moviola.rehearsal.internal.render.Stage}.
 */
@NullMarked
package dev.moviola.rehearsal.internal.render;

import org.jspecify.annotations.NullMarked;
