package dev.moviola.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Signatures and their documentation.
 *
 * @param text for a terminal
 * @param html for a page; what the documentation brings along is reduced to harmless tags
 */
public record Inspection(String text, String html) {
    private static final Pattern HARMLESS = Pattern.compile(
            "&lt;(/?(?:p|br|b|i|em|strong|code|pre|ul|ol|li|dl|dt|dd|blockquote|table|tr|td|th|sub|sup)\\s*/?)&gt;",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s+([^{}]*)}");
    private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)\\s+(.*)");

    /** What stands there, and its Javadoc if that is known. */
    record Signature(String signature, @Nullable String javadoc) {}

    static Inspection of(List<Signature> found) {
        List<String> texts = new ArrayList<>();
        StringBuilder html = new StringBuilder();
        for (Signature each : found) {
            String javadoc = each.javadoc();
            texts.add(each.signature() + (javadoc == null ? "" : "\n" + plain(javadoc)));
            html.append("<pre><code>").append(escape(each.signature())).append("</code></pre>");
            if (javadoc != null) {
                html.append("<div>").append(rich(javadoc)).append("</div>");
            }
        }
        return new Inspection(String.join("\n\n", texts), html.toString());
    }

    private static String plain(String javadoc) {
        String words = INLINE.matcher(javadoc).replaceAll("$2");
        return words.replaceAll("<[^<>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&amp;", "&")
                .strip();
    }

    private static String rich(String javadoc) {
        String code = INLINE.matcher(javadoc).replaceAll("<code>$2</code>");
        String safe = escape(code.strip()).replace("&amp;lt;", "&lt;").replace("&amp;gt;", "&gt;");
        return BLOCK.matcher(HARMLESS.matcher(safe).replaceAll("<$1>")).replaceAll("<p><b>$1</b> $2</p>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
