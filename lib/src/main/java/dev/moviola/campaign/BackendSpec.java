package dev.moviola.campaign;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Parameters;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which backend makes the clips, and what is asked of it.
 *
 * @param name {@code rehearsal}, {@code xai} or {@code command}
 * @param request what goes into every job beside the prompt: model, duration in seconds, aspect_ratio, resolution, seed
 * @param options how the backend is reached: base_url for xai, command (the template) for command
 */
public record BackendSpec(String name, Parameters request, Parameters options) {
    /** The backends that can be named. */
    public static final Set<String> NAMES = Set.of("rehearsal", "xai", "command");

    /** Checks the name. */
    public BackendSpec {
        if (!NAMES.contains(name)) {
            throw new MoviolaException(
                    "backend must be one of " + String.join(", ", new TreeSet<>(NAMES)) + ", but was \"" + name + "\"");
        }
    }

    /** The stand-in that costs nothing: two-second clips at 480p. */
    public static BackendSpec rehearsal() {
        return new BackendSpec(
                "rehearsal",
                Parameters.of(
                        "model", "grok-imagine-video", "duration", 2, "resolution", "480p", "aspect_ratio", "16:9"),
                Parameters.none());
    }

    /** The xAI API: clips of eight seconds at 480p, which cost money. */
    public static BackendSpec xai() {
        return new BackendSpec(
                "xai",
                Parameters.of("model", "grok-imagine-video", "duration", 8, "resolution", "480p"),
                Parameters.none());
    }

    /** A backend with what it is asked for where nothing else is said. */
    public static BackendSpec named(String name) {
        return switch (name) {
            case "rehearsal" -> rehearsal();
            case "xai" -> xai();
            default -> new BackendSpec(name, Parameters.none(), Parameters.none());
        };
    }

    /** This backend, asked for {@code value} of {@code parameter} in every job. */
    public BackendSpec withRequest(String parameter, Object value) {
        return new BackendSpec(name, request.with(parameter, value), options);
    }

    /** Reads what {@link #toParameters} wrote. */
    public static BackendSpec of(Parameters parameters) {
        return new BackendSpec(parameters.text("name"), parameters.object("request"), parameters.object("options"));
    }

    /** The form in which it stands in run.json. */
    public Parameters toParameters() {
        return Parameters.of("name", name, "request", request, "options", options);
    }
}
