package dev.moviola.display.internal;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Finds the renderer of a value. */
public final class Renderers {
    private static final List<Renderer<?>> REGISTERED = new CopyOnWriteArrayList<>();

    private static final int MOST_FAULTS = 100;

    private Renderers() {}

    /** Adds a renderer in front of the others. */
    public static void register(Renderer<?> renderer) {
        REGISTERED.add(0, renderer);
    }

    /** The value's own form, else that of the first renderer that accepts it, else text. */
    public static MimeBundle bundle(@Nullable Object value, RenderLimits limits) {
        if (value == null) {
            return MimeBundle.text("null");
        }
        try {
            if (value instanceof MimeBundle bundle) {
                return bundle;
            }
            if (value instanceof Displayable displayable) {
                return displayable.display();
            }
            if (value instanceof CharSequence text) {
                return MimeBundle.text(text.toString());
            }
            Renderer<?> renderer = find(value);
            return renderer == null ? MimeBundle.text(describe(value, limits)) : render(renderer, value, limits);
        } catch (RuntimeException | LinkageError e) {
            return MimeBundle.text(describe(value, limits) + "\n(it could not be rendered: " + e + ")");
        }
    }

    private static <T> MimeBundle render(Renderer<T> renderer, Object value, RenderLimits limits) {
        return renderer.render(renderer.type().cast(value), limits);
    }

    private static @Nullable Renderer<?> find(Object value) {
        for (Renderer<?> renderer : REGISTERED) {
            if (renderer.accepts(value)) {
                return renderer;
            }
        }
        ClassLoader ours = Renderers.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Renderer<?> found = context == null ? null : find(value, context);
        return found != null || context == ours ? found : find(value, ours);
    }

    // A notebook adds jars to its class loader while it runs, so what a loader offers is looked up anew each time.
    private static @Nullable Renderer<?> find(Object value, @Nullable ClassLoader loader) {
        @SuppressWarnings("rawtypes")
        Iterator<Renderer> offered = ServiceLoader.load(Renderer.class, loader).iterator();
        for (int faults = 0; faults < MOST_FAULTS; faults++) {
            try {
                while (offered.hasNext()) {
                    Renderer<?> renderer = offered.next();
                    if (renderer.accepts(value)) {
                        return renderer;
                    }
                }
                return null;
            } catch (ServiceConfigurationError | LinkageError e) {
                // A renderer for a library that is not on the class path cannot have anything to render.
                continue;
            }
        }
        return null;
    }

    private static String describe(Object value, RenderLimits limits) {
        if (value.getClass().isArray()) {
            return array(value, limits);
        }
        if (value instanceof Collection<?> items && items.size() > limits.rows()) {
            return items(items, limits);
        }
        return cut(plain(value), limits);
    }

    private static String plain(Object value) {
        try {
            return String.valueOf(value);
        } catch (RuntimeException e) {
            return value.getClass().getName() + " (its toString failed: " + e + ")";
        }
    }

    private static String array(Object array, RenderLimits limits) {
        int length = Array.getLength(array);
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Math.min(length, limits.rows()); i++) {
            Object item = Array.get(array, i);
            joiner.add(item == null ? "null" : describe(item, limits));
        }
        if (length > limits.rows()) {
            joiner.add("… (" + length + " items)");
        }
        return joiner.toString();
    }

    private static String items(Collection<?> items, RenderLimits limits) {
        StringJoiner joiner = new StringJoiner(", ", "[", "]");
        items.stream()
                .limit(limits.rows())
                .forEach(item -> joiner.add(cut(plain(item == null ? "null" : item), limits)));
        joiner.add("… (" + items.size() + " items)");
        return joiner.toString();
    }

    private static String cut(String text, RenderLimits limits) {
        return text.length() <= limits.characters()
                ? text
                : text.substring(0, limits.characters()) + "… (" + text.length() + " characters)";
    }
}
