package dev.moviola.rehearsal;

import dev.moviola.ledger.Parameters;

/**
 * A clip that a stand-in was asked for.
 *
 * @param requestId the stand-in's id of the request
 * @param kind {@code generate}, {@code edit} or {@code extend}
 * @param model the model that was named
 * @param prompt the prompt, possibly empty
 * @param seed decides everything that the request leaves open
 * @param seconds the length of the clip
 * @param width in pixels, even
 * @param height in pixels, even
 * @param body the whole request without its media
 */
public record ClipRequest(
        String requestId,
        String kind,
        String model,
        String prompt,
        long seed,
        double seconds,
        int width,
        int height,
        Parameters body) {}
