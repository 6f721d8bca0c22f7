package dev.moviola.ledger;

/**
 * A file that a job gave, on disk in the run folder under its hash.
 *
 * @param job the job that gave it
 * @param role what it is to the job: {@code clip}, {@code latent}, {@code reference-frame}
 * @param sha256 its content, 64 lower-case hex digits
 * @param bytes its length
 * @param mediaType such as {@code video/mp4}
 * @param path where it lies, relative to the run folder, with forward slashes
 */
public record Artefact(JobKey job, String role, String sha256, long bytes, String mediaType, String path) {
    /** The role of the one clip that most jobs give. */
    public static final String CLIP = "clip";
}
