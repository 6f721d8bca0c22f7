/**
 * The machinery of the scorer: planes, optical flow, cell maps, pools.
 *
 * <p>May use {@code video} and the records of {@code defect}. Start reading at {@link dev.moviola.defect.internal.StandardScorer}.
 */
@NullMarked
package dev.moviola.defect.internal;

import org.jspecify.annotations.NullMarked;
