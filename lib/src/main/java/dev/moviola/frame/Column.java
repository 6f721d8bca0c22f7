package dev.moviola.frame;

/**
 * A column of the table of a run.
 *
 * @param name its name in the Tablesaw table and in scores.csv
 * @param type {@code text}, {@code integer} or {@code number}
 * @param unit unit or range, empty when there is none
 * @param meaning one sentence
 */
public record Column(String name, String type, String unit, String meaning) {}
