package dev.moviola.display.internal;

import dev.moviola.display.Progress;
import java.util.Locale;

/** Progress as HTML that needs neither script nor style sheet. */
public final class ProgressHtml {
    private static final String DONE = "#2f9e63";
    private static final String FAILED = "#d64545";

    private ProgressHtml() {}

    /**
     * A bar, a line of facts and a sentence.
     *
     * @param sentence what came of it; empty while it goes on
     */
    public static String of(Progress progress, String sentence) {
        StringBuilder html = new StringBuilder("<div style=\"font-size:13px;font-variant-numeric:tabular-nums\">");
        if (!progress.title().isEmpty()) {
            head(html, progress);
        }
        paragraph(html, progress.note());
        paragraph(html, sentence);
        return html.append("</div>").toString();
    }

    private static void head(StringBuilder html, Progress progress) {
        html.append("<div style=\"margin:2px 0\"><b>")
                .append(Html.escape(progress.title()))
                .append("</b>");
        fact(html, "done", progress.total() > 0 ? progress.done() + " of " + progress.total() : "" + progress.done());
        if (progress.failed() > 0) {
            fact(html, "failed", "" + progress.failed());
        }
        for (Progress.Fact fact : progress.facts()) {
            fact(html, fact.name(), fact.value());
        }
        html.append("</div>");
        if (progress.total() > 0) {
            html.append("<div role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"")
                    .append(progress.total())
                    .append("\" aria-valuenow=\"")
                    .append(progress.done() + progress.failed())
                    .append("\" style=\"display:flex;height:6px;max-width:640px;border-radius:3px;overflow:hidden;"
                            + "background:rgba(128,128,128,.25)\">");
            part(html, progress.done(), progress.total(), DONE);
            part(html, progress.failed(), progress.total(), FAILED);
            html.append("</div>");
        }
    }

    private static void fact(StringBuilder html, String name, String value) {
        html.append(" <span style=\"margin-left:14px;white-space:nowrap\"><span style=\"opacity:.65\">")
                .append(Html.escape(name))
                .append("</span> ")
                .append(Html.escape(value))
                .append("</span>");
    }

    private static void part(StringBuilder html, long share, long total, String colour) {
        html.append(String.format(
                Locale.ROOT,
                "<div style=\"width:%.2f%%;background:%s\"></div>",
                100.0 * Math.min(share, total) / total,
                colour));
    }

    private static void paragraph(StringBuilder html, String text) {
        if (!text.isEmpty()) {
            html.append("<div style=\"margin:4px 0\">")
                    .append(Html.escape(text))
                    .append("</div>");
        }
    }
}
