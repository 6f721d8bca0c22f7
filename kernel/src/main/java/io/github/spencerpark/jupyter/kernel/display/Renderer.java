package io.github.spencerpark.jupyter.kernel.display;

import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.display.RenderLimits;
import dev.moviola.kernel.Notebook;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers renderers, and renders. */
public final class Renderer {
    /** The renderer of the kernel. */
    public Renderer() {}

    /** Begins the registration of a renderer for a type and its subtypes. */
    public <T> RenderRegistration<T> createRegistration(Class<T> type) {
        return new RenderRegistration<>(type);
    }

    /** Registers a renderer of some types. */
    public <T> void register(
            Set<MIMEType> supported,
            Set<MIMEType> preferred,
            Set<Class<? extends T>> types,
            RenderFunction<T> function) {
        Set<MIMEType> wanted = preferred.isEmpty() ? supported : preferred;
        types.forEach(type -> Display.register(new Registered<>(type, wanted, function)));
    }

    /** The forms in which a value is shown. */
    public DisplayData render(@Nullable Object value) {
        return DisplayData.of(Notebook.render(value));
    }

    /** The forms in which a value is shown; the parameters are not looked at. */
    public DisplayData render(@Nullable Object value, Map<String, Object> parameters) {
        return render(value);
    }

    /** A value in the given forms. */
    public DisplayData renderAs(@Nullable Object value, String... mediaTypes) {
        return DisplayData.of(Notebook.render(value, mediaTypes));
    }

    private record Registered<T, S extends T>(Class<S> type, Set<MIMEType> wanted, RenderFunction<T> function)
            implements dev.moviola.display.Renderer<S> {
        @Override
        public MimeBundle render(S value, RenderLimits limits) {
            return RenderContext.rendered(value, wanted, function::render);
        }
    }

    /**
     * A registration under way.
     *
     * @param <T> the type that is rendered
     */
    public final class RenderRegistration<T> {
        private final Set<MIMEType> supported = new LinkedHashSet<>();
        private final Set<MIMEType> preferred = new LinkedHashSet<>();
        private final Set<Class<? extends T>> types = new LinkedHashSet<>();

        private RenderRegistration(Class<T> type) {
            types.add(type);
        }

        /** Names forms that it can make. */
        public RenderRegistration<T> supporting(MIMEType... mediaTypes) {
            supported.addAll(Set.of(mediaTypes));
            return this;
        }

        /** Names forms that it can make. */
        public RenderRegistration<T> supporting(String... mediaTypes) {
            for (String mediaType : mediaTypes) {
                supported.add(MIMEType.parse(mediaType));
            }
            return this;
        }

        /** Names forms that are made when none is asked for. */
        public RenderRegistration<T> preferring(MIMEType... mediaTypes) {
            preferred.addAll(Set.of(mediaTypes));
            return supporting(mediaTypes);
        }

        /** Names forms that are made when none is asked for. */
        public RenderRegistration<T> preferring(String... mediaTypes) {
            for (String mediaType : mediaTypes) {
                preferred.add(MIMEType.parse(mediaType));
            }
            return supporting(mediaTypes);
        }

        /** Registers a further type. */
        public RenderRegistration<T> onType(Class<? extends T> type) {
            types.add(type);
            return this;
        }

        /** Ends the registration. */
        public void register(RenderFunction<T> function) {
            Renderer.this.register(supported, preferred, types, function);
        }
    }
}
