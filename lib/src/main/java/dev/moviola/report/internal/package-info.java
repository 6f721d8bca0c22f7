/**
 * The data that the page is drawn from, the page around it, and the templates of the roasts.
 *
 * <p>May use {@code report}. Start reading at {@link dev.moviola.report.internal.PageData}.
 */
@NullMarked
package dev.moviola.report.internal;

import org.jspecify.annotations.NullMarked;
