package dev.moviola.display.internal;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.display.Renderer;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
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
            return renderer == null ? plain(value, limits) : render(renderer, value, limits);
        } catch (RuntimeException | LinkageError e) {
            return MimeBundle.text(PlainText.of(value, limits) + "\n(it could not be rendered: " + e + ")");
        }
    }

    private static MimeBundle plain(Object value, RenderLimits limits) {
        MimeBundle text = MimeBundle.text(PlainText.of(value, limits));
        return DataTable.of(value, limits)
                .map(html -> text.with(MimeBundle.HTML, html))
                .orElse(text);
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
}
