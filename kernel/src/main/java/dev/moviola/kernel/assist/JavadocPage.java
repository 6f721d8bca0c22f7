package dev.moviola.kernel.assist;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page that the javadoc tool has made. */
final class JavadocPage {
    private static final Pattern BLOCK = Pattern.compile("<div class=\"block\">(.*?)</div>", Pattern.DOTALL);
    private static final Pattern ANCHOR = Pattern.compile("<(?:section|a|h\\d)[^>]*?\\b(?:id|name)=\"([^\"]+)\"");

    private JavadocPage() {}

    /** The text about {@code wanted} in the page of its type. */
    static Optional<String> comment(String page, MemberName wanted) {
        if (wanted.member() == null) {
            return block(page, 0, page.length());
        }
        Matcher anchor = ANCHOR.matcher(page);
        while (anchor.find()) {
            if (is(anchor.group(1), wanted)) {
                Matcher next = ANCHOR.matcher(page);
                int to = next.find(anchor.end()) ? next.start() : page.length();
                Optional<String> found = block(page, anchor.end(), to);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> block(String page, int from, int to) {
        Matcher block = BLOCK.matcher(page).region(from, to);
        return block.find() ? Optional.of(block.group(1).strip()) : Optional.empty();
    }

    /** Older pages write {@code name-int-java.lang.String-}, newer ones {@code name(int,java.lang.String)}. */
    private static boolean is(String anchor, MemberName wanted) {
        String old = anchor.endsWith("-")
                ? anchor.replaceFirst("-", "(").replaceFirst("-$", ")").replace('-', ',')
                : anchor;
        String written =
                old.replace("%3C", "<").replace("%3E", ">").replace("&lt;", "<").replace("&gt;", ">");
        List<String> parameters = wanted.parameters();
        if (parameters == null) {
            return written.equals(wanted.member());
        }
        int open = written.indexOf('(');
        if (open < 0 || !written.endsWith(")")) {
            return false;
        }
        String name = written.substring(0, open);
        String type = wanted.types().get(wanted.types().size() - 1);
        boolean named =
                name.equals(wanted.member()) || MemberName.CONSTRUCTOR.equals(wanted.member()) && name.equals(type);
        return named
                && MemberName.of("void X.m" + written.substring(open))
                        .map(parsed -> parameters.equals(parsed.parameters()))
                        .orElse(false);
    }
}
