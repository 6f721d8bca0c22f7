package dev.moviola.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real {@code ./jbang} of this checkout, with the Maven repository of the build and a JBang folder of its own. */
final class CommandLine {
    /** The root of the checkout. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final int DEADLINE_SECONDS = 300;

    private CommandLine() {}

    /** Runs {@code ./jbang} in {@code folder} with these words, its streams being pipes and its input empty. */
    static CommandLineResult jbang(Path folder, List<String> words) {
        return run(ROOT.resolve("jbang"), folder, words);
    }

    /** Runs {@code ./jbang} in the root with the words of {@code line}. */
    static CommandLineResult jbang(String line) {
        return jbang(ROOT, List.of(line.split(" ")));
    }

    /** Runs a program of ours in the same surroundings. */
    static CommandLineResult run(Path program, Path folder, List<String> words) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(words);
        try {
            Path out = Files.createTempFile("moviola", ".out");
            Path err = Files.createTempFile("moviola", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("MAVEN_OPTS");
            builder.environment().remove("XAI_API_KEY");
            builder.environment().put("JBANG_REPO", System.getProperty("moviola.repository"));
            builder.environment().put("JBANG_DIR", System.getProperty("moviola.jbang"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " took longer than " + DEADLINE_SECONDS + " s");
            }
            CommandLineResult result =
                    new CommandLineResult(command, process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
