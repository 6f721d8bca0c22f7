package dev.moviola.kernel;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.install.StartArchive;
import dev.moviola.kernel.internal.Session;
import dev.moviola.kernel.internal.StartRehearsal;
import dev.moviola.kernel.protocol.ConnectionFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sun.misc.Signal;

/**
 * Starts the kernel: {@code java … dev.moviola.kernel.Main connection.json}.
 *
 * <p>Ends when a client asks for it and when the process named in {@code JPY_PARENT_PID} ends. An interrupt signal stops
 * the running cells. The history lies in the user's data folder; the system property {@code moviola.kernel.history} names
 * another file. {@code --rehearse} in place of the file starts a kernel, runs a few cells and ends, for the archive that
 * makes later starts fast; the system property {@code moviola.kernel.home} says where that lies, and {@code
 * moviola.kernel.classpath} lists jars and folders that notebooks see from the start.
 */
public final class Main {
    // So a Jupyter server names the connection files of the kernels that it starts.
    private static final Pattern SERVED = Pattern.compile("kernel-([0-9A-Za-z-]{1,64})\\.json");

    // Jupyter's clients wait five seconds.
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(3);

    private Main() {}

    /** Runs the kernel until it is asked to end. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 1) {
            System.err.println("usage: java dev.moviola.kernel.Main CONNECTION_FILE");
            Runtime.getRuntime().halt(2);
        }
        if (arguments[0].equals("--rehearse")) {
            rehearse();
        }
        Path connection = Path.of(arguments[0]);
        try (Session session = new Session(ConnectionFile.read(connection), historyFile())) {
            Matcher id = SERVED.matcher(connection.getFileName().toString());
            if (id.matches()) {
                session.knownAs(id.group(1));
            }
            Signal.handle(new Signal("INT"), signal -> session.interrupt());
            endWithParent(session);
            session.start();
            refreshArchive(session);
            session.await();
        } catch (MoviolaException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(1);
        }
        end();
    }

    /**
     * Ends the process whatever threads the cells have left behind. Temporary files go and the cells' own shutdown hooks
     * run, but for no longer than clients wait before they kill.
     */
    private static void end() {
        Thread limit = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(LONGEST_FAREWELL.toMillis());
                    } catch (InterruptedException halted) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(0);
                },
                "moviola-farewell");
        limit.setDaemon(true);
        limit.start();
        System.exit(0);
    }

    private static void rehearse() {
        try {
            Path history = Files.createTempFile("moviola-rehearsal", ".jsonl");
            try {
                StartRehearsal.run(history);
            } finally {
                Files.deleteIfExists(history);
            }
        } catch (IOException | MoviolaException e) {
            System.err.println(e.getMessage());
            Runtime.getRuntime().halt(1);
        }
        // An orderly end: the archive is written by it.
        System.exit(0);
    }

    private static void refreshArchive(Session session) {
        String home = System.getProperty("moviola.kernel.home");
        if (home != null) {
            Thread refresh = new Thread(
                    null,
                    () -> {
                        session.awaitCompiler();
                        StartArchive.refresh(Path.of(home));
                    },
                    "moviola-start-archive");
            refresh.setDaemon(true);
            refresh.start();
        }
    }

    private static void endWithParent(Session session) {
        String parent = System.getenv("JPY_PARENT_PID");
        if (parent != null && parent.matches("[1-9]\\d{0,17}")) {
            ProcessHandle.of(Long.parseLong(parent))
                    .ifPresentOrElse(process -> process.onExit().thenRun(session::end), session::end);
        }
    }

    private static Path historyFile() {
        String named = System.getProperty("moviola.kernel.history");
        if (named != null) {
            return Path.of(named);
        }
        String data = System.getenv("XDG_DATA_HOME");
        Path folder = data != null && !data.isBlank()
                ? Path.of(data)
                : Path.of(System.getProperty("user.home"), ".local", "share");
        return folder.resolve("moviola").resolve("kernel-history.jsonl");
    }
}
