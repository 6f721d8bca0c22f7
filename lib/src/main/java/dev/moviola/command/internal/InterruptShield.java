package dev.moviola.command.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets programs be waited for after a Ctrl+C. A terminal sends that to every process of the foreground, and a program
 * would end half way; with {@code env --ignore-signal} of the GNU core utilities it goes on. Where that is not to be had,
 * programs start as they are.
 */
final class InterruptShield {
    private static final List<String> PREFIX = List.of("/usr/bin/env", "--ignore-signal=INT", "--");
    private static final boolean AVAILABLE = works();

    private InterruptShield() {}

    static List<String> around(List<String> arguments) {
        // A first word with an equals sign would be taken as a variable.
        if (!AVAILABLE || arguments.get(0).contains("=")) {
            return arguments;
        }
        List<String> shielded = new ArrayList<>(PREFIX);
        shielded.addAll(arguments);
        return shielded;
    }

    private static boolean works() {
        List<String> trial = new ArrayList<>(PREFIX);
        trial.add("true");
        try {
            Process process = new ProcessBuilder(trial)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
