package dev.moviola.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.MoviolaException;
import dev.moviola.command.internal.Programs;
import dev.moviola.command.internal.Supervised;
import dev.moviola.command.internal.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a local program for numbers. The command is an argument list with {@code {name}} where values go, as {@link
 * CommandBackend} takes it, and is treated in the same way: no shell, no secrets in its environment, a deadline, and an
 * end to all that it started.
 *
 * <p>The answer is the last that the program prints to its standard output: a JSON object on a line of its own, whose
 * numbers are taken by their names, or else the last number, whose name is empty. Safe for use by several threads.
 */
public final class CommandValue implements AutoCloseable {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.])[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?(?![\\w.])"
                    + "|(?<![\\w.])[-+]?(?i:nan|inf(?:inity)?)(?!\\w)");
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature(), true);

    private final Template template;
    private final CommandOptions options;
    private final Programs programs;

    private CommandValue(Template template, CommandOptions options) {
        this.template = template;
        this.options = options;
        template.program().ifPresent(CommandBackend::requireProgram);
        programs = new Programs("moviola-command-value");
    }

    /** A program that {@code line} starts, taken apart by shell quoting rules. */
    public static CommandValue of(String line, CommandOptions options) {
        return new CommandValue(Template.parse(line), options);
    }

    /** The names in the command for which values are needed. */
    public static Set<String> names(String line) {
        return Template.parse(line).names();
    }

    /**
     * Runs the program once.
     *
     * @param id a name for its folder, so that what an earlier process left running under it is ended first
     * @param values a value for each name
     * @return numbers by name, at least one; not necessarily finite
     * @throws MoviolaException when it ends with another exit code than 0, runs too long, or prints no number; the
     *     message has the last that it printed
     */
    public Map<String, Double> ask(String id, Map<String, ?> values) throws InterruptedException {
        return ask(id, values, (step, numbers) -> true)
                .orElseThrow(() -> new IllegalStateException("a program that nobody ended was ended"));
    }

    /** Listens to what a program has reached on its way. */
    public interface Progress {
        /**
         * The program printed a line that is a JSON object with a member {@code step} that is a whole number.
         *
         * @param numbers the other numbers of the object by name, perhaps not finite
         * @return whether the program shall go on
         */
        boolean reached(long step, Map<String, Double> numbers);
    }

    /**
     * Runs the program once and listens to it on its way.
     *
     * @return as {@link #ask(String, Map)}; empty when {@code progress} did not let it go on
     * @throws MoviolaException as {@link #ask(String, Map)}, and what {@code progress} throws
     */
    public Optional<Map<String, Double>> ask(String id, Map<String, ?> values, Progress progress)
            throws InterruptedException {
        Map<String, String> texts = new LinkedHashMap<>(options.parameters());
        values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        for (String name : template.names()) {
            if (!texts.containsKey(name)) {
                throw new MoviolaException("the command asks for {" + name + "}, but there are only " + texts.keySet());
            }
        }
        Listener listener = new Listener(progress);
        Supervised program = start(id, texts, listener);
        listener.started.complete(program);
        try {
            Supervised.End end = program.end().get();
            MoviolaException fault = listener.fault;
            if (fault != null) {
                throw fault;
            }
            return listener.ended && end.cause() == Supervised.Cause.STOPPED
                    ? Optional.empty()
                    : Optional.of(answer(end));
        } catch (InterruptedException e) {
            program.stop();
            throw e;
        } catch (ExecutionException e) {
            throw new MoviolaException("the program's end could not be seen: " + e.getCause(), e);
        }
    }

    private Supervised start(String id, Map<String, String> texts, Listener listener) {
        Path directory = options.scratch().resolve(id);
        try {
            Supervised.endLeftOver(directory);
            Files.createDirectories(directory);
            return programs.start(
                    template.fill(name -> texts.getOrDefault(name, "")),
                    CommandBackend.environment(options, texts),
                    directory,
                    options.deadline(),
                    listener::line);
        } catch (IOException e) {
            throw new MoviolaException("the program could not be started: " + e.getMessage(), e);
        }
    }

    private Map<String, Double> answer(Supervised.End end) {
        if (end.cause() == Supervised.Cause.DEADLINE) {
            throw new MoviolaException(
                    "the program ran longer than " + options.deadline().toSeconds() + " s");
        }
        if (end.code() != 0) {
            throw new MoviolaException("the program ended with exit code " + end.code()
                    + (end.tail().isBlank() ? "" : ": " + end.tail().strip()));
        }
        return read(end.output());
    }

    static Map<String, Double> read(String output) {
        String[] lines = output.strip().split("\\R");
        String last = lines[lines.length - 1].strip();
        if (last.startsWith("{")) {
            Map<String, Double> numbers = object(last);
            if (numbers.isEmpty()) {
                throw new MoviolaException("an object that the program prints last must be JSON with numbers, but was "
                        + last.substring(0, Math.min(200, last.length())));
            }
            return numbers;
        }
        String found = null;
        for (Matcher number = NUMBER.matcher(output); number.find(); ) {
            found = number.group();
        }
        if (found == null) {
            throw new MoviolaException("the program must print a number or a JSON object of numbers last, but printed "
                    + (output.isBlank() ? "nothing" : "\"" + last.substring(0, Math.min(200, last.length())) + "\""));
        }
        String plain = found.toLowerCase(java.util.Locale.ROOT);
        double value = plain.contains("nan")
                ? Double.NaN
                : plain.contains("inf")
                        ? plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
                        : Double.parseDouble(plain);
        return Map.of("", value);
    }

    private static Map<String, Double> object(String line) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        try {
            JsonNode node = JSON.readTree(line);
            node.fields().forEachRemaining(member -> {
                if (member.getValue().isNumber()) {
                    numbers.put(member.getKey(), member.getValue().asDouble());
                }
            });
        } catch (JsonProcessingException e) {
            return new LinkedHashMap<>();
        }
        return numbers;
    }

    private static final class Listener {
        private final Progress progress;
        private final CompletableFuture<Supervised> started = new CompletableFuture<>();
        private volatile boolean ended;
        private volatile @Nullable MoviolaException fault;

        Listener(Progress progress) {
            this.progress = progress;
        }

        void line(String text) {
            String line = text.strip();
            if (ended || !line.startsWith("{")) {
                return;
            }
            Map<String, Double> numbers = object(line);
            Double step = numbers.remove("step");
            if (step == null || step != Math.rint(step) || numbers.isEmpty()) {
                return;
            }
            try {
                ended = !progress.reached(step.longValue(), numbers);
            } catch (MoviolaException e) {
                fault = e;
                ended = true;
            }
            if (ended) {
                started.thenAccept(Supervised::stop);
            }
        }
    }

    /** Ends what still runs, and lets go of its threads. */
    @Override
    public void close() {
        programs.close();
    }
}
