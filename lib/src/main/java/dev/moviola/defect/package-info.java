/**
 * What is wrong with a clip: defect scores, raw measures, cell maps, cadence and a physics report.
 *
 * <p>May use {@code video} and {@code display}. Start reading at {@link dev.moviola.defect.Scorer}.
 */
@NullMarked
package dev.moviola.defect;

import org.jspecify.annotations.NullMarked;
