package dev.moviola.kernel.magic;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The line of a magic as words: separated by blanks, quoted with {@code "} or {@code '} where they hold blanks. */
public final class Arguments {
    private Arguments() {}

    /** The words of {@code line}; a backslash inside quotes takes the next quote or backslash as it is. */
    public static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean open = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == '\\' && i + 1 < line.length() && (line.charAt(i + 1) == quote || line.charAt(i + 1) == '\\')) {
                    word.append(line.charAt(++i));
                } else if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                open = true;
            } else if (Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                    word.setLength(0);
                    open = false;
                }
            } else {
                word.append(c);
                open = true;
            }
        }
        if (quote != 0) {
            throw new MoviolaException("a quote must be closed, but this one is not: " + quote + word);
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    /** A line that {@link #split} takes apart into {@code words} again. */
    public static String join(List<String> words) {
        return words.stream().map(Arguments::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        boolean plain =
                !word.isEmpty() && word.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        return plain ? word : inQuotes(word);
    }

    /** A word in double quotes, which is how Java writes it too as long as it stands on one line. */
    static String inQuotes(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
