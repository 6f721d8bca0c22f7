package io.github.spencerpark.jupyter.kernel.display;

/**
 * Renders values of a type.
 *
 * @param <T> the type
 */
@FunctionalInterface
public interface RenderFunction<T> {
    /** Puts the forms of {@code value} into the context. */
    void render(T value, RenderContext context);
}
