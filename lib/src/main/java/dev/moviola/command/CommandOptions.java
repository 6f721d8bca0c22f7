package dev.moviola.command;

import dev.moviola.MoviolaException;
import dev.moviola.ledger.Money;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a command backend runs its program.
 *
 * @param scratch the folder below which each submission gets a folder of its own; inside the run folder, so that a
 *     resumed run finds what an earlier process left there
 * @param atOnce how many programs run at a time, at least 1
 * @param deadline how long a program may run
 * @param price what one job costs; zero when it is free
 * @param extension the extension of the file that the program is to write, such as {@code mp4}
 * @param mediaType what that file is, such as {@code video/mp4}
 * @param parameters names that may stand in the template besides the built-in ones even though a job need not have
 *     them, with the value that is used then
 * @param environment variables to set for the program
 * @param keep names of variables to hand down although they look like secrets
 */
public record CommandOptions(
        Path scratch,
        int atOnce,
        Duration deadline,
        Money price,
        String extension,
        String mediaType,
        Map<String, String> parameters,
        Map<String, String> environment,
        Set<String> keep) {
    /** Checks the values and copies the collections. */
    public CommandOptions {
        if (atOnce < 1) {
            throw new MoviolaException("programs at once must be at least 1, but was " + atOnce);
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new MoviolaException("the deadline must be above 0, but was " + deadline);
        }
        if (!extension.matches("[A-Za-z0-9]{1,8}")) {
            throw new MoviolaException(
                    "an extension must be 1 to 8 letters and digits without the dot, but was \"" + extension + "\"");
        }
        scratch = scratch.toAbsolutePath().normalize();
        parameters = Map.copyOf(new TreeMap<>(parameters));
        environment = Map.copyOf(new TreeMap<>(environment));
        keep = Set.copyOf(new TreeSet<>(keep));
    }

    /** One program per processor, 300 seconds each, free, writing mp4. */
    public static CommandOptions in(Path scratch) {
        return new CommandOptions(
                scratch,
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(300),
                Money.ZERO,
                "mp4",
                "video/mp4",
                Map.of(),
                Map.of(),
                Set.of());
    }

    /** These options with another number of programs at a time. */
    public CommandOptions withAtOnce(int programs) {
        return new CommandOptions(
                scratch, programs, deadline, price, extension, mediaType, parameters, environment, keep);
    }

    /** These options with another deadline. */
    public CommandOptions withDeadline(Duration limit) {
        return new CommandOptions(scratch, atOnce, limit, price, extension, mediaType, parameters, environment, keep);
    }

    /** These options with another price of a job. */
    public CommandOptions withPrice(Money each) {
        return new CommandOptions(scratch, atOnce, deadline, each, extension, mediaType, parameters, environment, keep);
    }

    /** These options with another kind of file to be written. */
    public CommandOptions withOutput(String newExtension, String newMediaType) {
        return new CommandOptions(
                scratch, atOnce, deadline, price, newExtension, newMediaType, parameters, environment, keep);
    }

    /** These options with values for placeholders that a job does not have. */
    public CommandOptions withParameters(Map<String, String> defaults) {
        return new CommandOptions(scratch, atOnce, deadline, price, extension, mediaType, defaults, environment, keep);
    }

    /** These options with variables to set for the program. */
    public CommandOptions withEnvironment(Map<String, String> variables) {
        return new CommandOptions(scratch, atOnce, deadline, price, extension, mediaType, parameters, variables, keep);
    }

    /** These options with names of variables to hand down although they look like secrets. */
    public CommandOptions withKept(Set<String> names) {
        return new CommandOptions(
                scratch, atOnce, deadline, price, extension, mediaType, parameters, environment, names);
    }
}
