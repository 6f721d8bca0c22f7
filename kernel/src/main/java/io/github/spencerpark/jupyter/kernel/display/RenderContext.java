package io.github.spencerpark.jupyter.kernel.display;

import dev.moviola.display.MimeBundle;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which forms of a value are wanted, and where they go. */
public final class RenderContext {
    private final Set<MIMEType> wanted;
    private final DisplayData output = new DisplayData();

    RenderContext(Set<MIMEType> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    static <T> MimeBundle rendered(T value, Set<MIMEType> wanted, RenderFunction<T> function) {
        RenderContext context = new RenderContext(wanted);
        function.render(value, context);
        if (!context.output.hasDataForType(MIMEType.TEXT_PLAIN)) {
            context.output.putText(String.valueOf(value));
        }
        return context.output.display();
    }

    /** Where the forms go. */
    public DisplayData getOutputContainer() {
        return output;
    }

    /** Whether that form is wanted. */
    public boolean wantsDataRenderedAs(MIMEType type) {
        return wanted.isEmpty() || wanted.contains(MIMEType.ANY) || wanted.contains(type);
    }

    /** That type if it is wanted; null if it is not. */
    public @Nullable MIMEType resolveRequestedType(MIMEType type) {
        return wantsDataRenderedAs(type) ? type : null;
    }

    /** Puts the form of that type if it is wanted. */
    public boolean renderIfRequested(MIMEType type, Supplier<Object> form) {
        return renderIfRequested(type, (resolved, data) -> data.putData(resolved, form.get()));
    }

    /** Puts the form of that type if it is wanted. */
    public boolean renderIfRequested(MIMEType type, Function<MIMEType, Object> form) {
        return renderIfRequested(type, (resolved, data) -> data.putData(resolved, form.apply(resolved)));
    }

    /** Lets {@code render} put the form of that type if it is wanted. */
    public boolean renderIfRequested(MIMEType type, BiConsumer<MIMEType, DisplayData> render) {
        boolean requested = wantsDataRenderedAs(type);
        if (requested) {
            render.accept(type, output);
        }
        return requested;
    }
}
