package io.github.spencerpark.jupyter.kernel.display;

import dev.moviola.display.Displayable;
import dev.moviola.display.MimeBundle;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Set;

/** A value that renders itself. */
public interface DisplayDataRenderable extends Displayable {
    /** The forms that it has. */
    default Set<MIMEType> getSupportedRenderTypes() {
        return Set.of(MIMEType.ANY);
    }

    /** The forms that are shown when none is asked for. */
    default Set<MIMEType> getPreferredRenderTypes() {
        return getSupportedRenderTypes();
    }

    /** Puts its forms into the context. */
    void render(RenderContext context);

    @Override
    default MimeBundle display() {
        return RenderContext.rendered(this, getPreferredRenderTypes(), (value, context) -> value.render(context));
    }
}
