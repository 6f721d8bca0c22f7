package dev.moviola.display.internal;

/** Text in HTML. */
public final class Html {
    private Html() {}

    /** {@code text} so that it is text in an element or a quoted attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
