package dev.moviola.cli;

import dev.moviola.backend.ApiKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks for a key without showing it. */
public final class SecretPrompt {
    private static final int LONGEST = 4096;

    private SecretPrompt() {}

    /**
     * Asks on the terminal without echo; reads one line where standard input is not a terminal.
     *
     * @throws UsageException when there is nothing to read or it is not a key
     */
    public static ApiKey ask(Console console, String name) {
        java.io.Console terminal = System.console();
        if (terminal != null && console.canAsk()) {
            char[] typed = terminal.readPassword("%s (it will not be shown): ", name);
            return UsageException.check(() -> ApiKey.of(typed == null ? "" : new String(typed)));
        }
        try {
            char[] line = new char[LONGEST];
            int length = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).read(line);
            String text = length < 1
                    ? ""
                    : new String(line, 0, length).lines().findFirst().orElse("");
            return UsageException.check(() -> ApiKey.of(text));
        } catch (IOException e) {
            throw new UsageException("the key could not be read: " + e.getMessage(), e);
        }
    }
}
