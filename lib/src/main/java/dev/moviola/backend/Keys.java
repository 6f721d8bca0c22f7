package dev.moviola.backend;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where keys come from: the environment first, then the file {@code .env} of one directory.
 *
 * <p>The file is read afresh for each question, so that a key that was just stored is found. Safe for use by many
 * threads.
 */
public final class Keys {
    /** The name of xAI's key. */
    public static final String XAI = "XAI_API_KEY";

    private final Map<String, String> environment;
    private final Path file;

    private Keys(Map<String, String> environment, Path directory) {
        this.environment = Map.copyOf(environment);
        this.file = directory.resolve(".env");
    }

    /** The environment of this process and {@code .env} in its working directory. */
    public static Keys standard() {
        return of(System.getenv(), Path.of("").toAbsolutePath());
    }

    /** {@code environment}, then {@code .env} in {@code directory}. */
    public static Keys of(Map<String, String> environment, Path directory) {
        return new Keys(environment, directory);
    }

    /**
     * The key called {@code name}; a variable that is set to nothing counts as not set.
     *
     * @throws dev.moviola.MoviolaException if the file has to be read and is not a proper .env file
     */
    public Optional<ApiKey> find(String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank() && Files.exists(file)) {
            value = DotEnv.read(file).get(name).orElse("");
        }
        return value.isBlank() ? Optional.empty() : Optional.of(ApiKey.of(value));
    }

    /**
     * The key called {@code name}.
     *
     * @throws MissingKeyException if there is none; the message says how to provide it
     */
    public ApiKey require(String name) {
        return find(name)
                .orElseThrow(() -> new MissingKeyException(name + " is set neither in the environment nor in " + file
                        + "; export it, or store it with: ./jbang doctor --set-key"));
    }

    /** The .env file that is looked at, whether or not it exists. */
    public Path file() {
        return file;
    }

    /** What is unwise about the .env file, in words for the user; empty when all is well or there is none. */
    public List<String> warnings() {
        return DotEnv.warnings(file);
    }

    /** Writes {@code key} as {@code name} into the .env file, which then only its owner can read. */
    public void store(String name, ApiKey key) {
        DotEnv.set(file, name, key.reveal());
    }

    @Override
    public String toString() {
        return "Keys(environment, " + file + ")";
    }
}
