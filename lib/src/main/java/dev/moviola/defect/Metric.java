package dev.moviola.defect;

/**
 * The definition of one number of a {@link DefectReport}.
 *
 * @param id the key among the metrics of a report
 * @param title a heading for a table column
 * @param meaning what is measured, in full
 * @param range the values it can take, with unit
 * @param higherIsBetter whether a larger value speaks for the clip
 * @param source where the formula comes from
 */
public record Metric(String id, String title, String meaning, String range, boolean higherIsBetter, String source) {}
