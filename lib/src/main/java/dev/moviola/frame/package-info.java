/**
 * A run as tables and charts: one row for each job, what each modifier does to each score, what a sweep found, pictures
 * of all.
 *
 * <p>May use {@code ledger}, {@code defect}, {@code sweep}, {@code video} and {@code display}, Tablesaw and XChart. Start reading at {@link
 * dev.moviola.frame.RunTable}.
 */
@NullMarked
package dev.moviola.frame;

import org.jspecify.annotations.NullMarked;
