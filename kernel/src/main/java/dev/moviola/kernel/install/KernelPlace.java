package dev.moviola.kernel.install;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where Jupyter looks for kernels: a folder {@code kernels} in one of its data folders.
 *
 * @param kernels the folder, which need not exist yet
 */
public record KernelPlace(Path kernels) {
    private static final int PATIENCE_SECONDS = 20;

    /** Makes the path absolute. */
    public KernelPlace {
        kernels = kernels.toAbsolutePath().normalize();
    }

    /** That of the user, as {@code jupyter --data-dir} gives it. */
    public static KernelPlace user() {
        return user(System.getenv(), System.getProperty("os.name", ""), Path.of(System.getProperty("user.home")));
    }

    static KernelPlace user(Map<String, String> environment, String system, Path home) {
        String own = environment.getOrDefault("JUPYTER_DATA_DIR", "");
        if (!own.isBlank()) {
            return new KernelPlace(Path.of(own).resolve("kernels"));
        }
        String os = system.toLowerCase(Locale.ROOT);
        if (os.startsWith("mac")) {
            return new KernelPlace(home.resolve("Library/Jupyter/kernels"));
        }
        if (os.startsWith("windows")) {
            String roaming = environment.getOrDefault("APPDATA", "");
            Path data = roaming.isBlank() ? home.resolve(".jupyter").resolve("data") : Path.of(roaming, "jupyter");
            return new KernelPlace(data.resolve("kernels"));
        }
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        Path share = data.isBlank() ? home.resolve(".local/share") : Path.of(data);
        return new KernelPlace(share.resolve("jupyter/kernels"));
    }

    /** That of a Python environment or another installation: {@code prefix/share/jupyter/kernels}. */
    public static KernelPlace prefix(Path prefix) {
        return new KernelPlace(prefix.resolve("share/jupyter/kernels"));
    }

    /** That of the Python which the command {@code python3} starts here, above all in an activated environment. */
    public static KernelPlace sysPrefix() {
        for (String python : new String[] {"python3", "python"}) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import sys; print(sys.prefix)")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                String prefix = new String(process.getInputStream().readNBytes(4_096), StandardCharsets.UTF_8).strip();
                if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        && process.exitValue() == 0
                        && !prefix.isEmpty()) {
                    return prefix(Path.of(prefix));
                }
                process.destroyForcibly();
            } catch (IOException absent) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MoviolaException("interrupted while asking " + python + " for its prefix", e);
            }
        }
        throw new MoviolaException(
                "--sys-prefix needs Python, but neither python3 nor python could be asked; use --prefix PATH or --user");
    }
}
