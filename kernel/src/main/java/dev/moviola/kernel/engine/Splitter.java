package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes the plain cells apart without JShell's own analysis, which would index every class of the JDK in the background
 * as soon as it is first asked. Where it is not sure it says so.
 */
final class Splitter {
    private static final Set<String> GOES_ON = Set.of("else", "catch", "finally", "instanceof");
    private static final Pattern DECLARATION_OR_STATEMENT = Pattern.compile(
            "(?s)(?:import|throw|return|assert)\\b.*|(?:final\\s+)?(?!new\\b)[\\w.]+(?:<[^;()]*>)?(?:\\[\\s*])*\\s+(?!instanceof\\b)\\w+\\s*(?:=(?!=).*)?");

    private final String text;
    private final StringBuilder plain;

    private Splitter(String text) {
        this.text = text;
        this.plain = new StringBuilder(text);
    }

    /** The snippets of {@code text}; null if only the compiler's own analysis can tell. */
    static @Nullable List<CellSource.Piece> split(String text) {
        return text.contains("\\u") ? null : new Splitter(text).pieces();
    }

    private @Nullable List<CellSource.Piece> pieces() {
        if (!blankOutOpaque()) {
            return null;
        }
        List<CellSource.Piece> pieces = new ArrayList<>();
        int from = 0;
        int next = significant(0);
        while (next < text.length()) {
            int end = end(next);
            if (end < 0) {
                return null;
            }
            String code = text.substring(from, end);
            int blank = code.length() - code.stripLeading().length();
            boolean open = end == text.length()
                    && plain.charAt(lastSignificant()) != ';'
                    && plain.charAt(lastSignificant()) != '}';
            String whole = code.substring(blank);
            if (open
                    && DECLARATION_OR_STATEMENT
                            .matcher(plain.substring(next).strip())
                            .matches()) {
                int last = lastSignificant() + 1 - from - blank;
                whole = whole.substring(0, last) + ";" + whole.substring(last);
            }
            pieces.add(new CellSource.Piece(whole, from + blank));
            from = end;
            next = significant(end);
        }
        return pieces;
    }

    private int lastSignificant() {
        int at = plain.length() - 1;
        while (at > 0 && Character.isWhitespace(plain.charAt(at))) {
            at--;
        }
        return at;
    }

    private int significant(int from) {
        int at = from;
        while (at < plain.length() && Character.isWhitespace(plain.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Where the snippet that begins at {@code from} ends; -1 if unsure. */
    private int end(int from) {
        if (plain.charAt(from) == ';' || plain.charAt(from) == '}') {
            return -1;
        }
        int depth = 0;
        boolean value = false;
        int at = from;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            if (Character.isJavaIdentifierStart(c)) {
                String word = word(at);
                if (depth == 0 && word.equals("do")) {
                    return -1;
                }
                value |= depth == 0 && word.equals("new");
                at += word.length();
                continue;
            }
            at++;
            if (c == '(' || c == '[' || c == '{') {
                depth++;
            } else if (c == ')' || c == ']' || c == '}') {
                depth--;
                if (depth < 0) {
                    return -1;
                }
            } else if (c == '=' && depth == 0) {
                value = true;
            }
            if (depth == 0 && (c == ';' || c == '}')) {
                int verdict = after(c, at, value);
                if (verdict != 0) {
                    return verdict > 0 ? at : -1;
                }
            }
        }
        return depth == 0 ? plain.length() : -1;
    }

    /** 1 if the snippet ends before {@code at}, 0 if it goes on, -1 if unsure. */
    private int after(char closing, int at, boolean value) {
        int next = significant(at);
        if (next == plain.length()) {
            return 1;
        }
        char c = plain.charAt(next);
        if (Character.isJavaIdentifierStart(c) && GOES_ON.contains(word(next))) {
            return 0;
        }
        if (closing == ';') {
            return 1;
        }
        if (Character.isJavaIdentifierStart(c) || Character.isDigit(c) || c == '@' || c == '"' || c == '\'') {
            return value ? -1 : 1;
        }
        boolean expression = ",.)?:=*/%&|^<>;".indexOf(c) >= 0;
        return expression && value ? 0 : -1;
    }

    private String word(int from) {
        int end = from;
        while (end < plain.length() && Character.isJavaIdentifierPart(plain.charAt(end))) {
            end++;
        }
        return plain.substring(from, end);
    }

    /** Comments become blanks, texts an opaque word; false if one of them does not end. */
    private boolean blankOutOpaque() {
        int at = 0;
        while (at < text.length()) {
            int end;
            char filling = ' ';
            if (text.startsWith("//", at)) {
                int line = text.indexOf('\n', at);
                end = line < 0 ? text.length() : line;
            } else if (text.startsWith("/*", at)) {
                int close = text.indexOf("*/", at + 2);
                end = close < 0 ? -1 : close + 2;
            } else if (text.startsWith("\"\"\"", at)) {
                end = closing("\"\"\"", at + 3);
                filling = '"';
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                end = closing(text.substring(at, at + 1), at + 1);
                filling = '"';
            } else {
                at++;
                continue;
            }
            if (end < 0) {
                return false;
            }
            for (int i = at; i < end; i++) {
                plain.setCharAt(i, filling);
            }
            at = end;
        }
        return true;
    }

    private int closing(String quote, int from) {
        int at = from;
        while (at < text.length()) {
            if (text.startsWith(quote, at)) {
                return at + quote.length();
            }
            if (quote.length() == 1 && text.charAt(at) == '\n') {
                return -1;
            }
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return -1;
    }
}
