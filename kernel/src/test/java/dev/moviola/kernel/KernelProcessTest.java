package dev.moviola.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Message;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: signals, memory, exits, a parent that ends. */
class KernelProcessTest {
    @TempDir
    static Path folder;

    private static KernelProcess kernel;
    private static KernelClient client;

    @BeforeAll
    static void start() {
        // The compiler would take a class path from the environment in the place of the process's own.
        kernel = new KernelProcess(folder, Map.of("CLASSPATH", "/nowhere"), "-Xmx256m", "-XX:+UseSerialGC");
        client = kernel.client();
    }

    @AfterAll
    static void stop() {
        kernel.close();
    }

    private void awaitStream() {
        while (!client.broadcast().type().equals("stream")) {
            continue;
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(kernel.process().pid()))
                .start()
                .waitFor();
    }

    @Test
    void anInterruptSignalStopsTheCellAndNotTheKernel() throws Exception {
        Message loop = client.submit("int kept = 4; System.out.println(\"on\"); while (true) {}");
        awaitStream();
        signal("INT");
        assertThat(client.await(loop).reply().path("ename").asText()).isEqualTo("Interrupted");
        assertThat(client.execute("kept").result()).isEqualTo("4");
        double before = cpuSeconds();
        Thread.sleep(1_500);
        assertThat(cpuSeconds() - before).isLessThan(1.0);
    }

    private double cpuSeconds() {
        return kernel.process().info().totalCpuDuration().orElseThrow().toMillis() / 1_000.0;
    }

    @Test
    void runningOutOfMemoryFailsTheCellOnly() {
        client.execute("int kept = 5;");
        KernelClient.Executed failed =
                client.execute("List<byte[]> hoard = new ArrayList<>(); while (true) hoard.add(new byte[10_000_000]);");
        assertThat(failed.reply().path("ename").asText()).isEqualTo("java.lang.OutOfMemoryError");
        client.execute("hoard = null;");
        assertThat(client.execute("kept").result()).isEqualTo("5");
        for (int i = 0; i < 40; i++) {
            assertThat(client.execute("byte[] big = new byte[60_000_000];").status())
                    .isEqualTo("ok");
        }
    }

    @Test
    void largeResultsDoNotPileUp() {
        for (int i = 0; i < 60; i++) {
            assertThat(client.execute("new byte[6_000_000]").status()).isEqualTo("ok");
        }
    }

    @Test
    void exitsOfEveryKindEndTheCellOnly() {
        for (String exit : List.of("System.exit(1)", "Runtime.getRuntime().exit(2)", "Runtime.getRuntime().halt(3)")) {
            assertThat(client.execute(exit).reply().path("ename").asText()).isEqualTo("SystemExit");
        }
        assertThat(client.execute("1").result()).isEqualTo("1");
    }

    @Test
    void aMillionLinesArriveWholeAtASlowReaderInBoundedMemory() throws Exception {
        Message printing = client.submit("for (int i = 0; i < 1_000_000; i++) System.out.println(\"line \" + i);");
        Thread.sleep(2_000);
        long next = 0;
        boolean whole = true;
        StringBuilder open = new StringBuilder();
        while (true) {
            Message message = client.broadcast();
            if (message.content().path("execution_state").asText().equals("idle")
                    && message.parent().path("msg_id").asText().equals(printing.id())) {
                break;
            }
            open.append(message.content().path("text").asText());
            int end;
            int at = 0;
            while ((end = open.indexOf("\n", at)) >= 0) {
                whole &= open.substring(at, end).equals("line " + next++);
                at = end + 1;
            }
            open.delete(0, at);
        }
        assertThat(whole).isTrue();
        assertThat(next).isEqualTo(1_000_000);
        assertThat(client.shellReply().content().path("status").asText()).isEqualTo("ok");
        assertThat(client.execute("2").result()).isEqualTo("2");
    }

    @Test
    void aShutdownEndsALoopAndTheProcessButNotTheHistory() throws Exception {
        Path own = folder.resolve("own");
        try (KernelProcess first = new KernelProcess(own, "-Xmx256m")) {
            first.client().submit("System.out.println(\"on\"); while (true) {}");
            while (!first.client().broadcast().type().equals("stream")) {
                continue;
            }
            assertThat(shutdown(first)).isZero();
        }
        try (KernelProcess second = new KernelProcess(own, "-Xmx256m")) {
            second.client()
                    .execute("new Thread(() -> { while (true) try { Thread.sleep(9_000); }"
                            + " catch (InterruptedException e) {} }).start();");
            assertThat(second.client()
                            .ask(
                                    "history_request",
                                    Message.object()
                                            .put("hist_access_type", "tail")
                                            .put("n", 3))
                            .path("history")
                            .path(0)
                            .toString())
                    .startsWith("[1,1,\"System.out.println");
            assertThat(shutdown(second)).isZero();
        }
    }

    @Test
    void whatIsTemporaryGoesWithTheKernelAndTheCellsHooksRun() throws Exception {
        Path bye = folder.resolve("bye");
        try (KernelProcess passing = new KernelProcess(folder.resolve("passing"), "-Xmx256m")) {
            Path film = Path.of(passing.client()
                    .execute("Path film = dev.moviola.video.Clip.temporary(\"film\");"
                            + " Files.write(film, new byte[9]).toString()")
                    .result()
                    .replace("\"", ""));
            assertThat(film).exists();
            passing.client().execute(hook("Files.writeString(Path.of(\"" + bye + "\"), \"bye\")"));

            assertThat(shutdown(passing)).isZero();

            assertThat(film.getParent().getParent()).doesNotExist();
            assertThat(bye).hasContent("bye");
        }
    }

    @Test
    void aHookThatHangsDoesNotKeepTheKernel() throws Exception {
        try (KernelProcess hanging = new KernelProcess(folder.resolve("hanging"), "-Xmx256m")) {
            hanging.client().execute(hook("Thread.sleep(3_600_000)"));

            assertThat(shutdown(hanging)).isZero();
        }
    }

    private static String hook(String statement) {
        return "Runtime.getRuntime().addShutdownHook(new Thread(() -> { try { " + statement
                + "; } catch (Exception e) { throw new RuntimeException(e); } }));";
    }

    private static int shutdown(KernelProcess which) throws InterruptedException {
        assertThat(which.client()
                        .askControl("shutdown_request", Message.object().put("restart", false))
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        return which.exit();
    }

    @Test
    void theKernelEndsWithTheProcessThatStartedIt() throws Exception {
        Path other = Files.createDirectories(folder.resolve("orphan"));
        ConnectionFile connection = KernelClient.freePorts();
        List<String> command = KernelProcess.command(other, KernelProcess.write(connection, other));
        Path pidFile = other.resolve("pid");
        ProcessBuilder shell = new ProcessBuilder(
                "sh", "-c", "export JPY_PARENT_PID=$$; \"$@\" & echo $! > " + pidFile + "; read gone", "sh");
        shell.command().addAll(command);
        Process parent = shell.redirectErrorStream(true)
                .redirectOutput(new File(other.toFile(), "log"))
                .start();
        try (KernelClient orphan = new KernelClient(connection)) {
            Message loop = orphan.submit("System.out.println(\"on\"); while (true) {}");
            while (!orphan.broadcast().type().equals("stream")) {
                continue;
            }
            assertThat(loop.id()).isNotEmpty();
            ProcessHandle child = ProcessHandle.of(
                            Long.parseLong(Files.readString(pidFile).strip()))
                    .orElseThrow();
            parent.destroyForcibly();
            child.onExit().get(60, TimeUnit.SECONDS);
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void theClassPathInTheEnvironmentIsNotMistakenForOurs() {
        assertThat(client.execute("MimeBundle.text(\"found\")").result()).isEqualTo("found");
    }
}
