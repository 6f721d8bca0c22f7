package dev.moviola.cli;

import dev.moviola.campaign.Limits;
import dev.moviola.ledger.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that are frozen with a run and say how hard a backend is driven, to be used as a picocli mixin. */
public final class LimitOptions {
    @Option(names = "--in-flight", paramLabel = "N", description = "At most this many submissions at a time, 1..1000.")
    private @Nullable Integer inFlight;

    @Option(names = "--rate", paramLabel = "N", description = "At most this many submissions a second.")
    private @Nullable Double rate;

    @Option(names = "--jitter", paramLabel = "A-B", description = "A random pause before each submission, in seconds.")
    private @Nullable String jitter;

    @Option(names = "--spend-cap", paramLabel = "DOLLARS", description = "Stop submitting before the run costs more.")
    private @Nullable Double spendCap;

    @Option(
            names = "--deadline",
            paramLabel = "SECONDS",
            description = "How long one submission may take, and a job be tried again.")
    private @Nullable Double deadline;

    /**
     * The limits that were asked for.
     *
     * @throws UsageException when the options make no sense
     */
    public Limits limits() {
        return UsageException.check(this::make);
    }

    private Limits make() {
        if (inFlight != null && (inFlight < 1 || inFlight > 1_000)) {
            throw new UsageException("--in-flight must be in 1..1000, but was " + inFlight);
        }
        if (rate != null && !(rate > 0)) {
            throw new UsageException("--rate must be above 0, but was " + rate);
        }
        if (spendCap != null && !(spendCap >= 0)) {
            throw new UsageException("--spend-cap must be 0 or more, but was " + spendCap);
        }
        if (deadline != null && !(deadline > 0)) {
            throw new UsageException("--deadline must be above 0, but was " + deadline);
        }
        Limits limits = new Limits(
                inFlight,
                rate,
                Duration.ZERO,
                Duration.ZERO,
                spendCap == null ? null : Money.dollars(spendCap),
                deadline == null ? null : Duration.ofMillis(Math.round(deadline * 1e3)));
        return jitter == null ? limits : limits.withJitter(jitter);
    }
}
