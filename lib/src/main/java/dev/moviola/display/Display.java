package dev.moviola.display;

import dev.moviola.display.internal.PrintTarget;
import dev.moviola.display.internal.Renderers;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows values: in a notebook as tables, charts, pictures and players, elsewhere as plain text on standard output.
 *
 * <p>Where they go is a matter of the whole process, because a value is often shown from a thread that the one who asked
 * for it did not start: a kernel calls {@link #redirect} once. Safe for use by many threads.
 */
public final class Display {
    private static final DisplayTarget TERMINAL = new PrintTarget();
    private static volatile DisplayTarget current = TERMINAL;

    private Display() {}

    /**
     * Shows {@code value}.
     *
     * @return the id under which it can be {@link #update updated}
     */
    public static String show(@Nullable Object value) {
        String id = UUID.randomUUID().toString();
        show(id, value);
        return id;
    }

    /** Shows {@code value} under an id that the caller chose. */
    public static void show(String id, @Nullable Object value) {
        target().show(id, bundle(value));
    }

    /** Puts {@code value} in the place of what was shown under {@code id}. */
    public static void update(String id, @Nullable Object value) {
        target().update(id, bundle(value));
    }

    /** {@code value} in each form that it can be shown in. Never fails: what cannot be rendered is shown as text. */
    public static MimeBundle bundle(@Nullable Object value) {
        return bundle(value, RenderLimits.standard());
    }

    /** {@code value} in each form that it can be shown in, within {@code limits}. */
    public static MimeBundle bundle(@Nullable Object value, RenderLimits limits) {
        return Renderers.bundle(value, limits);
    }

    /** Adds a renderer for the rest of the process; it is asked before all that were there. */
    public static void register(Renderer<?> renderer) {
        Renderers.register(renderer);
    }

    /** Where shown values go now. */
    public static DisplayTarget target() {
        return current;
    }

    /**
     * Sends what is shown from now on, from any thread, to {@code target}.
     *
     * @return closing it sends them back to where they went before, unless someone else has redirected them since
     */
    public static synchronized Redirect redirect(DisplayTarget target) {
        DisplayTarget before = current;
        current = target;
        return () -> giveBack(target, before);
    }

    private static synchronized void giveBack(DisplayTarget from, DisplayTarget to) {
        if (current == from) {
            current = to;
        }
    }

    /** A redirection in force until it is closed. */
    @FunctionalInterface
    public interface Redirect extends AutoCloseable {
        @Override
        void close();
    }
}
