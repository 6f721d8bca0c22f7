package dev.moviola.report.internal;

import dev.moviola.report.ReportSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts style, script and data into the page. Only this page's own script and style, known by their hash, may run. */
public final class PageTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Z]+)}}");

    private PageTemplate() {}

    /** The whole page. */
    public static String fill(ReportSource source, PageData data) {
        String style = resource("report.css");
        String script = resource("report.js") + resource("sweep.js");
        // A page opened as a file has an origin of its own, which 'self' does not name; hence file:.
        String policy = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src 'self' file: data:; "
                + "media-src 'self' file:; style-src '" + hash(style) + "'; script-src '" + hash(script) + "'";
        Map<String, String> parts = Map.of(
                "CSP", escape(policy),
                "TITLE", escape(source.title()),
                "STYLE", style,
                "SCRIPT", script,
                "CHARTS", data.charts(),
                "FIGURES", data.sweepCharts(),
                "DATA", data.json());
        // One pass over our own text, so that a place name inside the data is left alone.
        String frame =
                resource("report.html").replace("{{SWEEP}}", source.sweep() == null ? "" : resource("sweep.html"));
        Matcher places = PLACE.matcher(frame);
        StringBuilder page = new StringBuilder();
        while (places.find()) {
            places.appendReplacement(page, "");
            page.append(parts.getOrDefault(places.group(1), ""));
        }
        return places.appendTail(page).toString();
    }

    /** Text as HTML, fit for content and for quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String resource(String name) {
        try (InputStream in = PageTemplate.class.getResourceAsStream("/dev/moviola/report/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the library lacks its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
