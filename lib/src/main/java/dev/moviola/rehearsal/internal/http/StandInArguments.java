package dev.moviola.rehearsal.internal.http;

import dev.moviola.MoviolaException;
import dev.moviola.rehearsal.ClipSource;
import dev.moviola.rehearsal.Faults;
import dev.moviola.rehearsal.XaiFault;
import dev.moviola.rehearsal.XaiStandInOptions;
import java.nio.file.Path;
import java.time.Duration;

/** The command line of a stand-in that runs in a process of its own. */
public final class StandInArguments {
    private StandInArguments() {}

    /**
     * Reads pairs of a name and a value.
     *
     * @throws MoviolaException if a name is not known or a value cannot be read
     */
    public static XaiStandInOptions parse(String[] args) {
        XaiStandInOptions options =
                XaiStandInOptions.of(ClipSource.rendered()).withRate(Double.POSITIVE_INFINITY, true);
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new MoviolaException(args[i] + " needs a value");
            }
            options = with(options, args[i], args[i + 1]);
        }
        return options;
    }

    private static XaiStandInOptions with(XaiStandInOptions options, String name, String value) {
        try {
            return switch (name) {
                case "--clip" -> options.withClips(ClipSource.of(Path.of(value)));
                case "--port" -> options.withPort(Integer.parseInt(value));
                case "--directory" -> options.withDirectory(Path.of(value));
                case "--rate" -> options.withRate(Double.parseDouble(value), true);
                case "--latency" -> options.withLatency(Duration.ofMillis(Long.parseLong(value)), options.slow());
                case "--pending-polls" -> options.withPendingPolls(Integer.parseInt(value));
                case "--seed" ->
                    options.withSeed(Long.parseLong(value), options.repeatable())
                            .withFaults(options.faults().withSeed(Long.parseLong(value)));
                case "--fault" -> options.withFaults(fault(options.faults(), value));
                default -> throw new MoviolaException("the stand-in has no argument " + name);
            };
        } catch (NumberFormatException e) {
            throw new MoviolaException(name + " must be a number, but was \"" + value + "\"", e);
        }
    }

    private static Faults fault(Faults faults, String text) {
        int equals = text.indexOf('=');
        XaiFault fault = XaiFault.find(equals < 0 ? text : text.substring(0, equals))
                .orElseThrow(() -> new MoviolaException("--fault must be WORD=CHANCE, but was \"" + text + "\""));
        return faults.withChance(fault, equals < 0 ? 1 : Double.parseDouble(text.substring(equals + 1)));
    }
}
