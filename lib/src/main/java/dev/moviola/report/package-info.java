/**
 * What a run leaves for people: one HTML page beside the clips, a summary, and a roast of the worst.
 *
 * <p>May use {@code frame} and all rooms above it. Start reading at {@link dev.moviola.report.ReportPage}.
 */
@NullMarked
package dev.moviola.report;

import org.jspecify.annotations.NullMarked;
