package dev.moviola.cli.internal;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that a benchmark runs beside itself, to measure it with nothing else in its process. */
final class ChildProcess {
    private static final int LONGEST_REASON = 2_000;

    private ChildProcess() {}

    /**
     * What it prints.
     *
     * @param folder where its output may be kept meanwhile
     * @param name the beginning of what is said when it fails: {@code aiohttp}
     * @throws MoviolaException when it does not end within {@code seconds}, or ends with another code than 0
     */
    static String output(List<String> command, Path folder, String name, int seconds)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.json");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new MoviolaException(
                        name + " must end within " + seconds + " s, but did not; free the machine and try again");
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new MoviolaException(
                    name + " ended with code " + process.exitValue() + ": " + reason(Files.readString(err)));
        }
        return Files.readString(out);
    }

    /** What the main method of {@code program} prints in a Java of its own, which has the classes of this one. */
    static String java(List<String> options, Class<?> program, List<String> arguments, Path folder, int seconds)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return output(command, folder, "the benchmark's process", seconds);
    }

    /** Java says what is wrong first, Python last. */
    private static String reason(String said) {
        return said.length() <= LONGEST_REASON
                ? said
                : said.substring(0, LONGEST_REASON / 2) + " … " + said.substring(said.length() - LONGEST_REASON / 2);
    }
}
