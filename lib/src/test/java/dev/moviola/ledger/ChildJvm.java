package dev.moviola.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that runs a class of the tests. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private ChildJvm(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** Starts {@code main} under another command, such as one that makes a name space. */
    static ChildJvm start(List<String> under, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(under);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** Hands it one byte. */
    void write(int letter) throws IOException {
        process.getOutputStream().write(letter);
        process.getOutputStream().flush();
    }

    /** The next line that it wrote, null when it has ended. */
    String line() throws IOException {
        return said.readLine();
    }

    /** Ends it without a chance to tidy up, and gives the lines that it had written. */
    List<String> kill() throws Exception {
        // Process.destroyForcibly would close the pipe and lose what is still in it.
        process.toHandle().destroyForcibly();
        return rest();
    }

    /** Waits for its end and gives the lines that it had written. */
    List<String> rest() throws Exception {
        List<String> lines = said.lines().toList();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the child did not end; it said " + lines);
        }
        return lines;
    }

    int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        said.close();
    }
}
