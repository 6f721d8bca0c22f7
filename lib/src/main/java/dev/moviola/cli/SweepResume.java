package dev.moviola.cli;

import dev.moviola.MoviolaException;
import dev.moviola.campaign.Sweep;
import dev.moviola.campaign.SweepGuest;
import dev.moviola.campaign.SweepSpec;
import dev.moviola.dispatch.InterruptHandler;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.ledger.Run;
import dev.moviola.ledger.RunInUseException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Goes on with a sweep. While another process holds it, this one helps with its trials, and takes over when that one has
 * gone.
 */
public final class SweepResume {
    private static final int MOST_LOOKS = 20;
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private SweepResume() {}

    /**
     * Works on the sweep in {@code folder} until it is done or cannot go on.
     *
     * @param finish what to do with the sweep when this process holds it; gives the exit code
     * @return the exit code
     * @throws RunInUseException when another process holds it and does not let this one help
     */
    public static int run(Console console, Path folder, int parallel, boolean json, ToIntFunction<Sweep> finish)
            throws InterruptedException {
        return run(console, folder, parallel, json, new SweepOptions(), finish);
    }

    /**
     * As without {@code options}, which must not say otherwise than the sweep, but may give it more trials, another
     * budget and further guesses.
     *
     * @throws UsageException when they do
     */
    public static int run(
            Console console, Path folder, int parallel, boolean json, SweepOptions options, ToIntFunction<Sweep> finish)
            throws InterruptedException {
        SweepSpec frozen;
        try (Run run = Run.look(folder)) {
            frozen = Sweep.spec(run);
        }
        options.agreeWith(frozen);
        List<Parameters> guesses = options.enqueued(frozen.space());
        Optional<Money> money = options.money();
        Optional<Duration> time = options.time();
        boolean changed = options.trials().isPresent() || !guesses.isEmpty() || money.isPresent() || time.isPresent();
        for (int looks = 1; ; looks++) {
            try (Sweep sweep = Sweep.open(folder)) {
                console.note("run " + sweep.run().folder());
                options.trials().ifPresent(sweep::extend);
                money.ifPresent(sweep::costingNoMore);
                time.ifPresent(sweep::noLongerThan);
                guesses.forEach(sweep.study()::enqueue);
                return finish.applyAsInt(sweep);
            } catch (RunInUseException e) {
                if (changed) {
                    throw e;
                }
                SweepGuest guest = SweepGuest.of(folder);
                boolean[] interrupted = {false};
                SweepGuest.Outcome outcome;
                try (InterruptHandler handler = InterruptHandler.on(
                        () -> {
                            interrupted[0] = true;
                            guest.drain();
                        },
                        guest::stop,
                        console::note)) {
                    outcome = work(console, guest, parallel, e);
                }
                if (!outcome.reason().isEmpty() || interrupted[0]) {
                    told(console, folder, outcome, json);
                    return interrupted[0] ? Exit.INTERRUPTED : Exit.DONE;
                }
                if (outcome.joined()) {
                    looks = 0;
                    console.note("the process that held the run has gone; going on in its place");
                } else if (looks == MOST_LOOKS) {
                    throw e;
                }
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
            }
        }
    }

    private static SweepGuest.Outcome work(Console console, SweepGuest guest, int parallel, RunInUseException held) {
        try {
            return guest.work(parallel, () -> console.note("helping the process that holds the run"));
        } catch (RunInUseException e) {
            throw e;
        } catch (MoviolaException e) {
            throw new MoviolaException(held.getMessage() + ". To help it is not possible: " + e.getMessage(), e);
        }
    }

    private static void told(Console console, Path folder, SweepGuest.Outcome outcome, boolean json) {
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("run", folder.toAbsolutePath().normalize().toString());
            document.put("helped_with", outcome.ended());
            document.put("ended", outcome.reason());
            console.json(document);
        } else {
            console.print("run     " + folder);
        }
        console.note("helped with " + outcome.ended() + " trials; " + outcome.reason());
    }
}
