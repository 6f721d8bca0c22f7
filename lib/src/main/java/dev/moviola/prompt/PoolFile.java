package dev.moviola.prompt;

import dev.moviola.prompt.internal.PoolFileReader;
import java.nio.file.Path;
import java.util.List;

/**
 * A user's own pools and combinations, from a JSON or YAML file:
 *
 * <pre>{@code
 * pools:
 *   weather:
 *     - hail the size of cars
 *     - rain that falls sideways
 * combinations:
 *   - weight: 3
 *     use:
 *       weather: rain that falls sideways
 *       physics: gravity inversion
 * }</pre>
 *
 * @param pools the pools in the order of the file
 * @param combinations the combinations in the order of the file; they may use built-in pools too
 */
public record PoolFile(List<ModifierPool> pools, List<Combination> combinations) {
    /** The most bytes that a file may have. */
    public static final int MAX_BYTES = 4 << 20;

    /** Copies. */
    public PoolFile {
        pools = List.copyOf(pools);
        combinations = List.copyOf(combinations);
    }

    /**
     * Reads a file; JSON when its name ends in {@code .json}, YAML otherwise.
     *
     * @throws dev.moviola.MoviolaException when it is missing, too large or says something that has no meaning here;
     *     the message names file and line
     */
    public static PoolFile read(Path file) {
        return PoolFileReader.read(file);
    }
}
