package dev.moviola.kernel.assist;

import dev.moviola.kernel.engine.DefaultTypes;
import dev.moviola.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.TypeDeclSnippet;
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
    private static final Pattern TYPE_NAME = Pattern.compile("(?<![\\w.$])([A-Z]\\w*)");

    /**
     * Looks at what surrounds position {@code at} of {@code cell}.
     *
     * @param shell the session of {@code engine}, or a copy of it
     */
    static <T> T within(Engine engine, JShell shell, String cell, int at, Function<Surroundings, T> look) {
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
            for (Snippet snippet : engine.kinds(each)) {
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
        imports.addAll(0, importsOfNamed(shell, engine.defaultTypes(), cell.substring(0, at)));
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

    /** The imports that the cell gets without writing them. */
    private static List<String> importsOfNamed(JShell shell, DefaultTypes types, String code) {
        Set<String> taken = new TreeSet<>();
        shell.types().map(TypeDeclSnippet::name).forEach(taken::add);
        shell.imports().map(ImportSnippet::name).forEach(taken::add);
        return TYPE_NAME
                .matcher(code)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .filter(name -> !taken.contains(name) && !code.matches("(?s).*\\bimport\\s[\\w.]*\\." + name + "\\b.*"))
                .map(types::find)
                .filter(Objects::nonNull)
                .map(type -> "import " + type + ";")
                .toList();
    }
}
