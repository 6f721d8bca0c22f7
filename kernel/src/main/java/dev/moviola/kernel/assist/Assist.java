package dev.moviola.kernel.assist;

import dev.moviola.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/** Completion and inspection over a session. Positions are code points. Safe for use by many threads. */
public final class Assist {
    private final Engine engine;

    /** Help with the code of {@code engine}'s session. */
    public Assist(Engine engine) {
        this.engine = engine;
    }

    /**
     * What may stand at the cursor.
     *
     * @param start where the text to be replaced begins
     * @param end where it ends
     * @param matches its replacements
     */
    public record Completion(int start, int end, List<Match> matches) {
        /** Copies the list. */
        public Completion {
            matches = List.copyOf(matches);
        }
    }

    /**
     * One replacement.
     *
     * @param text what is put in
     * @param type {@code function}, {@code class}, {@code keyword}, {@code instance}, {@code property}, {@code module},
     *     {@code magic} or {@code path}
     */
    public record Match(String text, String type) {}

    /** Whether a cell can run as it is. */
    public enum Completeness {
        /** It can. */
        COMPLETE,
        /** More must follow. */
        INCOMPLETE,
        /** Nothing that follows can mend it. */
        INVALID
    }

    /**
     * Continuations of the name before {@code cursor}. Types that are not imported are offered by their simple name if
     * they need no import, else by their full name.
     *
     * @param magics the names of the commands that there are
     */
    public Completion complete(String code, int cursor, Collection<String> magics) {
        int at = code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
        Optional<Completion> command = CommandCompletion.complete(code.substring(0, at), magics);
        if (command.isPresent()) {
            return command.get();
        }
        int snippet = snippetStart(code, at);
        String before = code.substring(snippet, at);
        int[] anchor = {at - snippet};
        int name = before.length();
        while (name > 0 && Character.isJavaIdentifierPart(before.charAt(name - 1))) {
            name--;
        }
        String prefix = before.substring(name);
        boolean member = before.substring(0, name).stripTrailing().endsWith(".");
        Set<String> texts = new LinkedHashSet<>();
        Set<String> variables = engine.look(shell -> {
            shell.sourceCodeAnalysis()
                    .completionSuggestions(before, before.length(), anchor)
                    .forEach(suggestion -> texts.add(suggestion.continuation()));
            if (!member && beginsLikeType(prefix) && texts.isEmpty()) {
                texts.addAll(shell.sourceCodeAnalysis()
                        .listQualifiedNames(before, before.length())
                        .getNames());
            }
            return shell.variables().map(VarSnippet::name).collect(Collectors.toSet());
        });
        if (!member && beginsLikeType(prefix)) {
            texts.addAll(engine.defaultTypes().beginningWith(prefix));
        }
        int start = texts.isEmpty() || anchor[0] > name ? snippet + name : snippet + anchor[0];
        List<Match> matches = new ArrayList<>();
        texts.forEach(text -> matches.add(new Match(text, type(text, member, variables))));
        return new Completion(code.codePointCount(0, start), code.codePointCount(0, at), matches);
    }

    private static boolean beginsLikeType(String prefix) {
        return !prefix.isEmpty() && Character.isUpperCase(prefix.charAt(0));
    }

    private static String type(String text, boolean member, Set<String> variables) {
        String name = text.strip();
        if (name.contains("(")) {
            return "function";
        }
        if (variables.contains(name)) {
            return "instance";
        }
        if (SourceVersion.isKeyword(name)) {
            return "keyword";
        }
        String last = name.replaceAll("\\.$", "");
        last = last.substring(last.lastIndexOf('.') + 1);
        if (!last.isEmpty() && Character.isUpperCase(last.charAt(0)) && !last.equals(last.toUpperCase(Locale.ROOT))) {
            return "class";
        }
        return name.endsWith(".") ? "module" : member ? "property" : "instance";
    }

    /**
     * The signatures, with their documentation, of what stands at or around {@code cursor}: at the end of a name, inside
     * it, or the method inside whose parentheses the cursor stands.
     */
    public Optional<Inspection> inspect(String code, int cursor) {
        int at = code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
        int end = at;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int snippet = snippetStart(code, end);
        String before = code.substring(snippet, end);
        List<SourceCodeAnalysis.Documentation> found = engine.look(shell -> {
            SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
            List<SourceCodeAnalysis.Documentation> own = analysis.documentation(before, before.length(), true);
            // A method is only known together with its parenthesis.
            return own.isEmpty() ? analysis.documentation(before + "(", before.length() + 1, true) : own;
        });
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Inspection.of(found));
    }

    /** Whether {@code code} is a whole cell. */
    public Completeness completeness(String code) {
        return engine.look(shell -> {
            String rest = code;
            while (!rest.isBlank()) {
                SourceCodeAnalysis.CompletionInfo info =
                        shell.sourceCodeAnalysis().analyzeCompletion(rest);
                switch (info.completeness()) {
                    case EMPTY -> {
                        return Completeness.COMPLETE;
                    }
                    case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
                        return Completeness.INCOMPLETE;
                    }
                    case UNKNOWN -> {
                        return Completeness.INVALID;
                    }
                    default -> {
                        if (!parses(shell, info.source())) {
                            return Completeness.INVALID;
                        }
                        rest = info.remaining();
                    }
                }
            }
            return Completeness.COMPLETE;
        });
    }

    private static boolean parses(JShell shell, String code) {
        return shell.sourceCodeAnalysis().sourceToSnippets(code).stream()
                .noneMatch(snippet -> snippet.kind() == Snippet.Kind.ERRONEOUS);
    }

    private int snippetStart(String code, int at) {
        return engine.look(shell -> {
            int start = 0;
            while (true) {
                String rest = code.substring(start, at);
                SourceCodeAnalysis.CompletionInfo info =
                        shell.sourceCodeAnalysis().analyzeCompletion(rest);
                String remaining = info.remaining();
                if (!info.completeness().isComplete()
                        || remaining == null
                        || remaining.isBlank()
                        || remaining.length() == rest.length()) {
                    return start;
                }
                start = at - remaining.length();
            }
        });
    }
}
