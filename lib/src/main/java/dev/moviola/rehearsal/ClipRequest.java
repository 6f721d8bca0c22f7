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
        Parameters body) {
    private static final double FPS = 24;
    private static final double WIDEST = 1920;
    private static final double HIGHEST = 1080;

    /** The same as an order for the rehearsal's renderer, at 24 frames a second, made smaller where it is too large. */
    public Take take() {
        double scale = Math.min(1, Math.min(WIDEST / width, HIGHEST / height));
        return new Take(prompt, seed, seconds, even(width * scale), even(height * scale), FPS);
    }

    private static int even(double pixels) {
        return (int) Math.floor(pixels / 2) * 2;
    }
}
