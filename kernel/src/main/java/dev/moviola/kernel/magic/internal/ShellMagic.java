package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code !command}, {@code %%bash} and {@code %%shell}. Runs until it ends or the cell is interrupted. */
public final class ShellMagic implements Magic {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final long BACKGROUND_MILLIS = 300;

    @Override
    public Set<String> names() {
        return Set.of("!", "bash", "shell", "sh");
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "runs commands of the system's shell, the output as it comes";
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context)
            throws Exception {
        String script = body == null ? arguments : body;
        ProcessBuilder builder =
                new ProcessBuilder(command(name, script)).redirectInput(new File(WINDOWS ? "NUL" : "/dev/null"));
        builder.environment().putAll(context.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new MoviolaException("the shell could not be started: " + e.getMessage(), e);
        }
        try {
            Thread out = pump(process.getInputStream(), context.out());
            Thread err = pump(process.getErrorStream(), context.err());
            int status = process.waitFor();
            // A program left in the background holds the pipe open; what it still writes is shown when it comes.
            out.join(BACKGROUND_MILLIS);
            err.join(BACKGROUND_MILLIS);
            if (status != 0 && body != null) {
                throw new MoviolaException("%%" + name + ": the commands ended with exit status " + status);
            }
            if (status != 0) {
                context.err().println("exit status " + status);
            }
        } finally {
            if (process.isAlive()) {
                List<ProcessHandle> tree = process.descendants().toList();
                process.destroyForcibly();
                tree.forEach(ProcessHandle::destroyForcibly);
            }
        }
        return null;
    }

    private static List<String> command(String name, String script) {
        if (WINDOWS) {
            return List.of("cmd", "/c", script);
        }
        return List.of(!name.equals("sh") && onPath("bash") ? "bash" : "sh", "-c", script);
    }

    private static boolean onPath(String program) {
        String path = System.getenv("PATH");
        return path != null
                && Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                        .splitAsStream(path)
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static Thread pump(InputStream from, PrintStream to) {
        Thread thread = new Thread(null, () -> copy(from, to), "shell-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void copy(InputStream from, PrintStream to) {
        byte[] bytes = new byte[8_192];
        try (from) {
            for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                to.write(bytes, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            if (!"Stream closed".equals(e.getMessage())) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
