package dev.moviola.command;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final ObjectMapper JSON = new ObjectMapper();

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
        Map<String, String> texts = new LinkedHashMap<>(options.parameters());
        values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
        for (String name : template.names()) {
            if (!texts.containsKey(name)) {
                throw new MoviolaException("the command asks for {" + name + "}, but there are only " + texts.keySet());
            }
        }
        Supervised program = start(id, texts);
        try {
            return answer(program.end().get());
        } catch (InterruptedException e) {
            program.stop();
            throw e;
        } catch (ExecutionException e) {
            throw new MoviolaException("the program's end could not be seen: " + e.getCause(), e);
        }
    }

    private Supervised start(String id, Map<String, String> texts) {
        Path directory = options.scratch().resolve(id);
        try {
            Supervised.endLeftOver(directory);
            Files.createDirectories(directory);
            return programs.start(
                    template.fill(name -> texts.getOrDefault(name, "")),
                    CommandBackend.environment(options, texts),
                    directory,
                    options.deadline());
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
            return Map.of();
        }
        return numbers;
    }

    /** Ends what still runs, and lets go of its threads. */
    @Override
    public void close() {
        programs.close();
    }
}
