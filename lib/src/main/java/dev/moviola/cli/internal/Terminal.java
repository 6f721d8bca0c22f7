package dev.moviola.cli.internal;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which streams are a terminal and what it can do.
 *
 * @param in whether standard input is one
 * @param out whether standard output is one
 * @param err whether standard error is one
 * @param width cells in a line
 * @param rewrites whether it understands that a line is written anew
 * @param colours whether the user wants colours
 */
public record Terminal(boolean in, boolean out, boolean err, int width, boolean rewrites, boolean colours) {
    private static final int USUAL_WIDTH = 80;

    /** No terminal at all. */
    public static Terminal none() {
        return new Terminal(false, false, false, USUAL_WIDTH, false, false);
    }

    /** What this process has. */
    public static Terminal ofThisProcess() {
        return of(isTerminal(0), isTerminal(1), isTerminal(2), System.getenv());
    }

    static Terminal of(boolean in, boolean out, boolean err, Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(in, out, err, width(environment.get("COLUMNS")), !dumb, !dumb && !plain);
    }

    private static int width(@Nullable String columns) {
        if (columns != null && columns.matches("[1-9][0-9]{0,4}")) {
            return Math.max(20, Integer.parseInt(columns));
        }
        return USUAL_WIDTH;
    }

    /** Linux tells for each stream; elsewhere Java tells for input and output together. */
    private static boolean isTerminal(int stream) {
        Path link = Path.of("/proc/self/fd/" + stream);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
