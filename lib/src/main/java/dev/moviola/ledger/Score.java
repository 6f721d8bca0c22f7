package dev.moviola.ledger;

/**
 * One number about one job's artefact.
 *
 * @param job the job
 * @param artefact SHA-256 of the file that was measured
 * @param metric the name of the metric, as documented in {@code defect}
 * @param value the value; NaN where the metric does not apply to the clip
 * @param scorer name and version of what measured it, so that later versions do not mix with earlier ones
 */
public record Score(JobKey job, String artefact, String metric, double value, String scorer) {}
