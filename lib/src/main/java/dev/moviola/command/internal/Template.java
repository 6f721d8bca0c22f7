package dev.moviola.command.internal;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An argument list with places for values. A value always stays inside the argument in which its place stands, whatever
 * characters it holds.
 */
public final class Template {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final List<List<Piece>> arguments;

    private Template(List<List<Piece>> arguments) {
        this.arguments = arguments;
    }

    /** A template from arguments that are already apart. */
    public static Template of(List<String> arguments) {
        if (arguments.isEmpty() || arguments.get(0).isBlank()) {
            throw new MoviolaException("a command must begin with the program to run, but it was empty");
        }
        return new Template(arguments.stream().map(Template::pieces).toList());
    }

    /** A template from one line, taken apart as a POSIX shell would do it, but with nothing expanded. */
    public static Template parse(String line) {
        return of(split(line));
    }

    /** The names of the places. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (List<Piece> argument : arguments) {
            for (Piece piece : argument) {
                if (piece.isPlace()) {
                    names.add(piece.text());
                }
            }
        }
        return names;
    }

    /** The program, if it is the same for every job. */
    public Optional<String> program() {
        return arguments.get(0).stream().anyMatch(Piece::isPlace)
                ? Optional.empty()
                : Optional.of(fill(name -> "").get(0));
    }

    /** The arguments with every place filled by what {@code values} gives for its name. */
    public List<String> fill(Function<String, String> values) {
        List<String> filled = new ArrayList<>();
        for (List<Piece> argument : arguments) {
            StringBuilder text = new StringBuilder();
            for (Piece piece : argument) {
                text.append(piece.isPlace() ? values.apply(piece.text()) : piece.text());
            }
            filled.add(text.toString());
        }
        return filled;
    }

    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote == '\'') {
                if (c == '\'') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\\' && i + 1 < line.length()) {
                char next = line.charAt(++i);
                if (quote == '"' && "\"\\$`".indexOf(next) < 0) {
                    word.append(c);
                }
                word.append(next);
                inWord = true;
            } else if (quote == '"') {
                if (c == '"') {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new MoviolaException(
                    "every quote in a command must be closed, but a " + quote + " was left open in: " + line);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static List<Piece> pieces(String argument) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < argument.length()) {
            char c = argument.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < argument.length() && argument.charAt(i + 1) == c) {
                text.append(c);
                i += 2;
            } else if (c == '{') {
                int end = argument.indexOf('}', i);
                String name = end < 0 ? argument.substring(i + 1) : argument.substring(i + 1, end);
                if (end < 0 || !NAME.matcher(name).matches()) {
                    throw new MoviolaException("a placeholder must be {name} with letters, digits and _.-, but was {"
                            + name + " in the argument " + argument + "; write {{ and }} for braces themselves");
                }
                pieces.add(new Piece(text.toString(), false));
                pieces.add(new Piece(name, true));
                text.setLength(0);
                i = end + 1;
            } else {
                text.append(c);
                i++;
            }
        }
        pieces.add(new Piece(text.toString(), false));
        return pieces;
    }

    private record Piece(String text, boolean isPlace) {}
}
