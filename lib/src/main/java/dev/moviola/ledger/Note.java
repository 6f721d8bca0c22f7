package dev.moviola.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a room above wants remembered with the run: an intermediate value of a trial, the rationale of a
 * selection. Notes are only ever added.
 *
 * @param job the job that it is about, null when it is about the run
 * @param kind what it is, by which notes are found again
 * @param content any JSON object
 * @param written when
 */
public record Note(@Nullable JobKey job, String kind, Parameters content, Instant written) {}
