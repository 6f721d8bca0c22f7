package dev.moviola.display;

/**
 * Shows values of a type that is not ours, such as a table or a chart of another library.
 *
 * <p>Implementations have a public constructor without arguments and are named in {@code
 * META-INF/services/dev.moviola.display.Renderer}, or are handed to {@link Display#register}. The first one that accepts
 * a value renders it. Must be safe for use by many threads.
 *
 * @param <T> the type that it renders
 */
public interface Renderer<T> {
    /** The type that it renders, subtypes included. */
    Class<T> type();

    /** Whether it can render {@code value}; by default when it is of the {@link #type()}. */
    default boolean accepts(Object value) {
        return type().isInstance(value);
    }

    /** The value in each form that it can be shown in, none larger than {@code limits} allow. */
    MimeBundle render(T value, RenderLimits limits);
}
