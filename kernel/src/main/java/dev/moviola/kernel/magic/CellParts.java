package dev.moviola.kernel.magic;

import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cell taken apart into Java and commands. */
public final class CellParts {
    /** A line magic whose result is assigned, from behind the equals sign on: no Java goes on so. */
    private static final Pattern ASSIGNED = Pattern.compile("%([A-Za-z][\\w-]*)(?:[ \\t]+(.*))?");

    private static final Pattern CELL = Pattern.compile("%%([A-Za-z][\\w-]*)[ \\t]*(.*)");
    private static final Pattern LINE =
            Pattern.compile("[ \\t]*(?:%([A-Za-z][\\w-]*)(?:[ \\t]+(.*))?|(!)[ \\t]*(\\S.*))");
    private static final Pattern COMMENT = Pattern.compile("[ \\t]*//(?!DEPS|REPOS).*");
    private static final Pattern DIRECTIVE = Pattern.compile("//(DEPS|REPOS)[ \\t]+(.*)");

    private CellParts() {}

    /** A part of a cell. */
    public sealed interface Part permits Java, Command {}

    /**
     * Java code.
     *
     * @param code the code; a magic whose result it assigns is a call of {@code lineMagic} in it
     * @param line the line of the cell on which it begins, from 1
     */
    public record Java(String code, int line) implements Part {}

    /**
     * A call of a magic.
     *
     * @param name its name; {@code !} for a command of the system's shell; {@code DEPS} and {@code REPOS} for JBang's
     *     comments
     * @param arguments the rest of its line, trimmed
     * @param body the cell below it, for a cell magic; null for a line magic
     * @param line its line in the cell, from 1
     */
    public record Command(
            String name, String arguments, @Nullable String body, int line) implements Part {}

    /** The parts of {@code cell} in order. A percent sign inside text, a comment or an expression is Java. */
    public static List<Part> of(String cell) {
        String[] lines = cell.split("\n", -1);
        int first = 0;
        while (first < lines.length
                && (lines[first].isBlank() || COMMENT.matcher(lines[first]).matches())) {
            first++;
        }
        if (first < lines.length) {
            Matcher whole = CELL.matcher(lines[first].strip());
            if (whole.matches()) {
                String body = String.join("\n", List.of(lines).subList(first + 1, lines.length));
                return List.of(new Command(whole.group(1), whole.group(2).strip(), body, first + 1));
            }
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder java = new StringBuilder();
        int begin = 1;
        Lexer lexer = new Lexer();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
            Command command = lexer.betweenStatements() ? command(line, i + 1) : null;
            if (command == null) {
                java.append(withMagicCalls(lines[i], lexer.read(line))).append(i + 1 < lines.length ? "\n" : "");
                continue;
            }
            flush(parts, java, begin);
            begin = i + 2;
            parts.add(command);
        }
        flush(parts, java, begin);
        return parts;
    }

    private static void flush(List<Part> parts, StringBuilder java, int line) {
        if (!java.toString().isBlank()) {
            parts.add(new Java(java.toString(), line));
        }
        java.setLength(0);
    }

    private static @Nullable Command command(String line, int number) {
        Matcher directive = DIRECTIVE.matcher(line);
        if (directive.matches()) {
            return new Command(directive.group(1), directive.group(2).strip(), null, number);
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        boolean system = matcher.group(3) != null;
        String arguments = matcher.group(system ? 4 : 2);
        return new Command(system ? "!" : matcher.group(1), arguments == null ? "" : arguments.strip(), null, number);
    }

    /** As in IJava, {@code List<String> added = %jars lib/*.jar} gives Java what the magic returns. */
    private static String withMagicCalls(String line, int assigned) {
        if (assigned < 0) {
            return line;
        }
        Matcher magic = ASSIGNED.matcher(line.substring(assigned).stripTrailing());
        if (!magic.matches()) {
            return line;
        }
        String arguments = magic.group(2) == null ? "" : magic.group(2).replaceFirst("[ \\t]*;$", "");
        try {
            return line.substring(0, assigned)
                    + Arguments.split(arguments).stream()
                            .map(Arguments::inQuotes)
                            .collect(Collectors.joining(
                                    ", ",
                                    "lineMagic(" + Arguments.inQuotes(magic.group(1)) + ", java.util.List.of(",
                                    "));"));
        } catch (MoviolaException e) {
            // A quote is left open: it is for the compiler to say so.
            return line;
        }
    }

    /** Knows whether the end of the last line lies between two statements. */
    private static final class Lexer {
        private boolean comment;
        private boolean textBlock;
        private char last = ';';

        boolean betweenStatements() {
            return !comment && !textBlock && "+-*/%&|^=<>?:,.([~!".indexOf(last) < 0;
        }

        /** Goes over a line; where a percent sign follows an equals sign in it, which ends what is read, or -1. */
        int read(String line) {
            int i = 0;
            while (i < line.length()) {
                if (!comment && !textBlock && last == '=' && line.charAt(i) == '%') {
                    last = ';';
                    return i;
                }
                if (comment) {
                    int end = line.indexOf("*/", i);
                    comment = end < 0;
                    i = end < 0 ? line.length() : end + 2;
                } else if (textBlock) {
                    i = inTextBlock(line, i);
                } else {
                    i = inCode(line, i);
                }
            }
            return -1;
        }

        private int inTextBlock(String line, int from) {
            if (line.charAt(from) == '\\') {
                return from + 2;
            }
            if (line.startsWith("\"\"\"", from)) {
                textBlock = false;
                last = '"';
                return from + 3;
            }
            return from + 1;
        }

        private int inCode(String line, int from) {
            char c = line.charAt(from);
            if (line.startsWith("//", from)) {
                return line.length();
            }
            if (line.startsWith("/*", from)) {
                comment = true;
                return from + 2;
            }
            if (line.startsWith("\"\"\"", from)) {
                textBlock = true;
                return from + 3;
            }
            if (!Character.isWhitespace(c)) {
                last = c;
            }
            if (c == '"' || c == '\'') {
                int i = from + 1;
                while (i < line.length() && line.charAt(i) != c) {
                    i += line.charAt(i) == '\\' ? 2 : 1;
                }
                return i + 1;
            }
            return from + 1;
        }
    }
}
