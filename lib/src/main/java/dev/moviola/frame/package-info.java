/**
 * A run as tables and charts: one row for each job, what each modifier does to each score, pictures of both.
 *
 * <p>May use {@code ledger}, {@code defect} and {@code display}, Tablesaw and XChart. Start reading at {@link
 * dev.moviola.frame.RunTable}.
 */
@NullMarked
package dev.moviola.frame;

import org.jspecify.annotations.NullMarked;
