package dev.moviola.kernel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A kernel in a process of its own, and a client of it. */
final class KernelProcess implements AutoCloseable {
    private final Process process;
    private final KernelClient client;

    KernelProcess(Path folder, String... jvmOptions) {
        this(folder, Map.of(), jvmOptions);
    }

    KernelProcess(Path folder, Map<String, String> environment, String... jvmOptions) {
        ConnectionFile connection = KernelClient.freePorts();
        Path file = write(connection, folder);
        List<String> command = command(folder, file, jvmOptions);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        client = new KernelClient(connection);
    }

    static List<String> command(Path folder, Path connectionFile, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(jvmOptions));
        command.add("-Djava.awt.headless=true");
        command.add("-Dmoviola.kernel.history=" + folder.resolve("history.jsonl"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.add(connectionFile.toString());
        return command;
    }

    static Path write(ConnectionFile connection, Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("connection.json");
            new ObjectMapper()
                    .writeValue(
                            file.toFile(),
                            Message.object()
                                    .put("transport", connection.transport())
                                    .put("ip", connection.ip())
                                    .put("shell_port", connection.shell())
                                    .put("iopub_port", connection.iopub())
                                    .put("stdin_port", connection.stdin())
                                    .put("control_port", connection.control())
                                    .put("hb_port", connection.heartbeat())
                                    .put("signature_scheme", connection.scheme())
                                    .put("key", connection.key()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KernelClient client() {
        return client;
    }

    Process process() {
        return process;
    }

    /** Waits until it has ended by itself. */
    int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the kernel still runs");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
