package dev.moviola.kernel.notebook.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in the comments of a script. A compiler reads {@code \}{@code uXXXX} in comments too, so that a backslash before
 * a u is written twice.
 */
public final class ScriptComments {
    /** Begins the comment that stands for a line of a magic. */
    public static final String MAGIC = "//! ";

    /** Begins the comment that begins a cell. */
    public static final String CELL = "// %%";

    private static final Pattern BEFORE_U = Pattern.compile("(\\\\+)(?=u)");

    private ScriptComments() {}

    static String of(String prefix, String text, String indent) {
        StringBuilder comment = new StringBuilder();
        for (String line : text.split("\\R", -1)) {
            comment.append((indent + prefix + escape(line)).stripTrailing()).append('\n');
        }
        return comment.toString();
    }

    static String escape(String line) {
        return BEFORE_U.matcher(line).replaceAll(run -> Matcher.quoteReplacement(run.group(1) + run.group(1)));
    }

    static String unescape(String line) {
        return BEFORE_U.matcher(line)
                .replaceAll(run -> Matcher.quoteReplacement(
                        run.group(1).substring(0, Math.max(1, run.group(1).length() / 2))));
    }
}
