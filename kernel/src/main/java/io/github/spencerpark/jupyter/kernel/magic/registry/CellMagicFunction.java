package io.github.spencerpark.jupyter.kernel.magic.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell magic.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface CellMagicFunction<T> {
    /**
     * Carries it out.
     *
     * @throws Exception shown to the user
     */
    @Nullable
    T execute(List<String> arguments, String body) throws Exception;
}
