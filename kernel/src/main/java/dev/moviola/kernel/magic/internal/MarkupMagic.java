package dev.moviola.kernel.magic.internal;

import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code %%html}, {@code %%markdown} and their like: the cell itself is what is shown. */
public final class MarkupMagic implements Magic {
    private static final Map<String, String> TYPES = Map.of(
            "html", MimeBundle.HTML,
            "HTML", MimeBundle.HTML,
            "markdown", MimeBundle.MARKDOWN,
            "latex", "text/latex",
            "svg", MimeBundle.SVG,
            "javascript", "application/javascript",
            "js", "application/javascript");

    @Override
    public Set<String> names() {
        return TYPES.keySet();
    }

    @Override
    public boolean onLine() {
        return false;
    }

    @Override
    public boolean onCell() {
        return true;
    }

    @Override
    public String summary() {
        return "shows the cell rendered as what the name says";
    }

    @Override
    public Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        String text = body == null ? "" : body;
        return MimeBundle.text(text).with(TYPES.getOrDefault(name, MimeBundle.TEXT), text);
    }
}
