package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.backend.ApiKey;
import dev.moviola.backend.Keys;
import dev.moviola.backend.VideoBackend;
import dev.moviola.command.CommandBackend;
import dev.moviola.command.CommandOptions;
import dev.moviola.ledger.Job;
import dev.moviola.ledger.Money;
import dev.moviola.ledger.Parameters;
import dev.moviola.prompt.Mutator;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.Rehearsal;
import dev.moviola.rehearsal.XaiStandInOptions;
import dev.moviola.xai.XaiBackend;
import dev.moviola.xai.XaiOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Opens the backend that a spec names. */
public final class Backends {
    private Backends() {}

    /**
     * Opens a backend. The rehearsal keeps its books in the run folder, so that an interrupted run finds its jobs again.
     *
     * @throws MoviolaException when a key is missing or an option is wrong
     */
    public static VideoBackend open(BackendSpec spec, Limits limits, Path runFolder) {
        return switch (spec.name()) {
            case "rehearsal" -> rehearsal(runFolder.resolve("rehearsal"));
            case "xai" -> xai(spec.options());
            case "command" -> command(spec.options(), limits, runFolder);
            default -> throw new MoviolaException("there is no backend " + spec.name());
        };
    }

    /**
     * Looks whether the backend could do anything at all with such jobs, without reaching it and without a key.
     *
     * @throws MoviolaException when it would refuse every job, whatever its prompt
     */
    public static void check(CampaignSpec spec) {
        BackendSpec backend = spec.backend();
        Job job = spec.job(Mutator.of(spec.mutation()).iterator().next());
        Job harmless = Job.generate(job.parameters().with("prompt", "x"), job.metadata());
        try (VideoBackend unused = unreached(backend, spec.limits())) {
            unused.check(harmless).ifPresent(failure -> {
                throw new MoviolaException(failure.message());
            });
        }
    }

    /** A backend that is asked only for what it could do and what that costs, which needs no key. */
    static VideoBackend unreached(BackendSpec backend, Limits limits) {
        return backend.name().equals("command")
                ? command(backend.options(), limits, Path.of("scratch"))
                : XaiBackend.create(ApiKey.of("none"), client(backend.options()));
    }

    private static VideoBackend rehearsal(Path directory) {
        return Rehearsal.xai(XaiStandInOptions.of(ClipSource.rendered())
                .withThreads(Runtime.getRuntime().availableProcessors())
                .withDirectory(directory));
    }

    private static VideoBackend xai(Parameters options) {
        return XaiBackend.create(Keys.standard().require(Keys.XAI), client(options));
    }

    private static XaiOptions client(Parameters options) {
        XaiOptions client = XaiOptions.standard();
        if (options.has("base_url")) {
            client = client.withBase(URI.create(options.text("base_url")));
        }
        if (options.has("poll_seconds")) {
            client = client.withPollEvery(Duration.ofMillis(Math.round(options.number("poll_seconds") * 1e3)));
        }
        return client;
    }

    private static VideoBackend command(Parameters options, Limits limits, Path runFolder) {
        if (!options.has("command")) {
            throw new MoviolaException("the command backend needs a command, as in"
                    + " --command 'python gen.py --prompt {prompt} --seed {seed} --out {out}'");
        }
        CommandOptions command = CommandOptions.in(runFolder.resolve("scratch"));
        Duration deadline = limits.deadline();
        if (deadline != null) {
            command = command.withDeadline(deadline);
        }
        if (limits.inFlight() != null) {
            command = command.withAtOnce(limits.inFlight());
        }
        if (options.has("price_dollars")) {
            command = command.withPrice(Money.dollars(options.number("price_dollars")));
        }
        return CommandBackend.of(options.text("command"), command);
    }
}
