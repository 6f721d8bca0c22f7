package dev.moviola.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/**
 * The snippet of a cell in which the cursor stands, together with what stands before it in the cell and was not run yet:
 * its variables and types become those of a block around the snippet, its imports are known while one looks.
 *
 * @param code up to the cursor
 * @param offset what is to be added to a position in {@code code} to get one in the cell
 * @param variables those that the cell declares before the cursor
 */
record Surroundings(String code, int offset, Set<String> variables) {
    /** Looks at what surrounds position {@code at} of {@code cell}. */
    static <T> T within(JShell shell, String cell, int at, Function<Surroundings, T> look) {
        List<String> earlier = new ArrayList<>();
        int start = 0;
        while (true) {
            String rest = cell.substring(start, at);
            SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            String remaining = info.remaining();
            if (!info.completeness().isComplete()
                    || remaining == null
                    || remaining.isBlank()
                    || remaining.length() == rest.length()) {
                break;
            }
            earlier.add(info.source());
            start = at - remaining.length();
        }
        StringBuilder block = new StringBuilder();
        Set<String> variables = new TreeSet<>();
        List<String> imports = new ArrayList<>();
        for (String each : earlier) {
            for (Snippet snippet : shell.sourceCodeAnalysis().sourceToSnippets(each)) {
                switch (snippet.kind()) {
                    case IMPORT -> imports.add(each);
                    // The type of a variable may be that of an earlier line, which the session does not know.
                    case VAR, TYPE_DECL, STATEMENT, ERRONEOUS -> {
                        block.append(each).append('\n');
                        if (snippet instanceof VarSnippet variable) {
                            variables.add(variable.name());
                        }
                    }
                    default -> {
                        // a block cannot hold a method, and an expression declares nothing
                    }
                }
            }
        }
        String before = block.length() == 0 ? "" : "{ " + block;
        Surroundings around = new Surroundings(before + cell.substring(start, at), start - before.length(), variables);
        List<Snippet> known = new ArrayList<>();
        try {
            for (String each : imports) {
                for (SnippetEvent event : shell.eval(each)) {
                    boolean fresh = event.previousStatus() == Snippet.Status.NONEXISTENT
                            && event.status().isActive();
                    if (fresh && event.snippet() instanceof ImportSnippet) {
                        known.add(event.snippet());
                    }
                }
            }
            return look.apply(around);
        } finally {
            known.forEach(shell::drop);
        }
    }
}
