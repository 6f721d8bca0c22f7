package dev.moviola.kernel.assist;

import dev.moviola.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;

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
    public record Completion(int start, int end, List<String> matches) {
        /** Copies the list. */
        public Completion {
            matches = List.copyOf(matches);
        }
    }

    /** Whether a cell can run as it is. */
    public enum Completeness {
        /** It can. */
        COMPLETE,
        /** More must follow. */
        INCOMPLETE,
        /** Nothing that follows can mend it. */
        INVALID
    }

    /** Continuations of the name before {@code cursor}. */
    public Completion complete(String code, int cursor) {
        int at = code.offsetByCodePoints(0, Math.min(cursor, code.codePointCount(0, code.length())));
        int snippet = snippetStart(code, at);
        int[] anchor = {at - snippet};
        Set<String> matches = new LinkedHashSet<>();
        engine.look(shell -> shell.sourceCodeAnalysis()
                        .completionSuggestions(code.substring(snippet, at), at - snippet, anchor))
                .forEach(suggestion -> matches.add(suggestion.continuation()));
        int start = snippet + anchor[0];
        return new Completion(code.codePointCount(0, start), code.codePointCount(0, at), new ArrayList<>(matches));
    }

    /** The signatures, with their documentation, of what stands at or around {@code cursor}. */
    public Optional<String> inspect(String code, int cursor) {
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
        List<String> texts = new ArrayList<>();
        for (SourceCodeAnalysis.Documentation each : found) {
            String javadoc = each.javadoc();
            texts.add(each.signature() + (javadoc == null ? "" : "\n" + javadoc.strip()));
        }
        return Optional.of(String.join("\n\n", texts));
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
