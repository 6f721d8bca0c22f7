package dev.moviola.tests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the real {@code ./jbang} of this checkout, with the Maven repository of the build and a JBang folder of its own. */
final class CommandLine {
    /** The root of the checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private CommandLine() {}

    /** Runs {@code ./jbang} in {@code folder} with these words, its streams being no terminal and its input empty. */
    static CommandLineResult jbang(Path folder, List<String> words) {
        return run(ROOT.resolve("jbang"), folder, words);
    }

    /** Runs {@code ./jbang} in {@code folder} with the words of {@code line}. */
    static CommandLineResult jbang(Path folder, String line) {
        return jbang(folder, List.of(line.split(" ")));
    }

    /** Runs {@code ./jbang} in the root with the words of {@code line}. */
    static CommandLineResult jbang(String line) {
        return jbang(ROOT, line);
    }

    /** Runs a program of ours in the same surroundings. */
    static CommandLineResult run(Path program, Path folder, List<String> words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        return run(command, folder, Map.of());
    }

    /** Runs a command in the same surroundings, with further variables in its environment. */
    static CommandLineResult run(List<String> command, Path folder, Map<String, String> environment) {
        try (RunningCommand running = RunningCommand.start(command, folder, environment)) {
            return running.result();
        }
    }
}
