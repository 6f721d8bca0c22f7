package dev.moviola.rehearsal;

import dev.moviola.backend.ApiKey;
import dev.moviola.backend.VideoBackend;
import dev.moviola.ledger.Parameters;
import dev.moviola.rehearsal.internal.http.RehearsalBackend;
import dev.moviola.rehearsal.internal.tuned.TunedBackend;
import dev.moviola.xai.XaiBackend;
import dev.moviola.xai.XaiOptions;
import java.nio.file.Path;
import java.time.Duration;

/** Backends that cost nothing: the real clients, each talking to a stand-in in this process. */
public final class Rehearsal {
    private static final ApiKey KEY = ApiKey.of("rehearsal-key-of-no-worth");
    private static final Duration POLL_EVERY = Duration.ofMillis(50);

    private Rehearsal() {}

    /**
     * The xAI client against a stand-in in this process, without a submit limit and polled every 50 ms. It is called
     * {@code rehearsal} and charges nothing. Closing it ends the stand-in. To be able to resume a run after a crash,
     * give the stand-in a directory that stays.
     *
     * @param options of the stand-in
     */
    public static VideoBackend xai(XaiStandInOptions options) {
        XaiStandIn standIn = XaiStandIn.start(options.withRate(Double.POSITIVE_INFINITY, false));
        XaiOptions client = XaiOptions.standard()
                .withBase(standIn.base())
                .withSubmitsPerSecond(Double.POSITIVE_INFINITY)
                .withPollEvery(POLL_EVERY);
        return new RehearsalBackend(XaiBackend.create(KEY, client), standIn);
    }

    /**
     * A generator in this process whose small one-second clips get better and worse with the knobs of {@link Tuning}. It
     * is called {@code rehearsal}, refuses parameters that are no knobs, and charges nothing.
     *
     * @param threads how many clips it renders at a time, at least 1
     */
    public static VideoBackend tuned(int threads) {
        return new TunedBackend(threads);
    }

    /** Renders the clip that {@link #tuned} makes of a job with {@code parameters}. */
    public static void renderTuned(Parameters parameters, Path mp4) {
        TunedBackend.render(parameters, mp4);
    }
}
