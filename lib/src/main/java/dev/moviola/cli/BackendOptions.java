package dev.moviola.cli;

import dev.moviola.campaign.BackendSpec;
import dev.moviola.ledger.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every verb that chooses who makes the clips, to be used as a picocli mixin. */
public final class BackendOptions {
    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "rehearsal (offline, free), xai, or command. Default: rehearsal.")
    private @Nullable String backend;

    @Option(names = "--model", paramLabel = "NAME", description = "The generator's model.")
    private @Nullable String model;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Length of each clip in whole seconds.")
    private @Nullable Integer duration;

    @Option(names = "--resolution", paramLabel = "NAME", description = "Such as 480p or 720p.")
    private @Nullable String resolution;

    @Option(names = "--aspect-ratio", paramLabel = "W:H", description = "Such as 16:9.")
    private @Nullable String aspectRatio;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Anything else that goes into each request; may be given several times.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(
            names = "--command",
            paramLabel = "LINE",
            description = "The program of the command backend, with {prompt}, {seed}, {device} and {out}.")
    private @Nullable String command;

    @Option(names = "--price", paramLabel = "DOLLARS", description = "What one clip of the command backend costs.")
    private @Nullable Double price;

    @Option(names = "--base-url", paramLabel = "URL", description = "Where the xai backend finds its service.")
    private @Nullable String baseUrl;

    @Option(names = "--poll", paramLabel = "SECONDS", description = "How often the xai backend asks after a clip.")
    private @Nullable Double poll;

    /**
     * The backend that was asked for.
     *
     * @throws UsageException when the options make no sense
     */
    public BackendSpec spec() {
        return UsageException.check(this::make);
    }

    /** The program of the command backend, if it was given. */
    Optional<String> command() {
        return Optional.ofNullable(command);
    }

    private BackendSpec make() {
        String name = backend != null ? backend : command != null ? "command" : "rehearsal";
        Parameters request = BackendSpec.named(name).request();
        request = request.with("model", model == null ? request.find("model").orElse(null) : model)
                .with("duration", duration == null ? request.find("duration").orElse(null) : duration)
                .with(
                        "resolution",
                        resolution == null ? request.find("resolution").orElse(null) : resolution)
                .with(
                        "aspect_ratio",
                        aspectRatio == null ? request.find("aspect_ratio").orElse(null) : aspectRatio);
        for (Map.Entry<String, String> entry : set.entrySet()) {
            request = request.with(entry.getKey(), value(entry.getValue()));
        }
        if (name.equals("command") && command == null) {
            throw new UsageException(
                    "the command backend needs a program; add --command 'python gen.py --prompt {prompt}"
                            + " --seed {seed} --out {out}'");
        }
        if (command != null && !name.equals("command")) {
            throw new UsageException("--command belongs to --backend command, but the backend is " + name);
        }
        Parameters options = Parameters.none()
                .with("command", command)
                .with("price_dollars", price)
                .with("base_url", baseUrl)
                .with("poll_seconds", poll);
        return new BackendSpec(name, request, options);
    }

    private static Object value(String text) {
        if (text.matches("-?[0-9]{1,18}")) {
            return Long.parseLong(text);
        }
        if (text.matches("-?[0-9]*\\.[0-9]+([eE]-?[0-9]{1,3})?")) {
            return Double.parseDouble(text);
        }
        return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : text;
    }
}
