package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * A second session in which nothing ever runs. A cell of several snippets is declared in it first, so that a cell that
 * does not compile changes nothing in the session that counts.
 */
final class Rehearsal {
    private final JShell shell;
    private final Supplier<JShell> another;
    private final List<String> missed = new ArrayList<>();

    /** One that knows what {@code like} knows. */
    Rehearsal(Supplier<JShell> another, JShell like) {
        this.another = another;
        shell = another.get();
        like.snippets()
                .filter(snippet -> like.status(snippet).isActive())
                .forEach(snippet -> missed.addAll(declaration(snippet)));
    }

    /** A fresh one that knows what {@code like} knows. */
    Rehearsal restarted(JShell like) {
        shell.close();
        return new Rehearsal(another, like);
    }

    /** Notes what was declared without rehearsing it. */
    void note(Snippet snippet) {
        missed.addAll(declaration(snippet));
    }

    /** The errors of each piece; empty if all of them compile in this order. */
    Map<CellSource.Piece, List<Diag>> check(List<CellSource.Piece> pieces) {
        missed.forEach(shell::eval);
        missed.clear();
        Map<CellSource.Piece, List<Diag>> errors = new LinkedHashMap<>();
        for (CellSource.Piece piece : pieces) {
            for (SnippetEvent event : shell.eval(piece.code())) {
                if (event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED) {
                    errors.computeIfAbsent(piece, key -> new ArrayList<>())
                            .addAll(shell.diagnostics(event.snippet())
                                    .filter(Diag::isError)
                                    .collect(Collectors.toList()));
                }
            }
        }
        return errors;
    }

    /** The code that declares in another session what {@code snippet} declares. */
    static List<String> declaration(@Nullable Snippet snippet) {
        if (snippet instanceof VarSnippet variable) {
            return List.of(variable.typeName() + " " + variable.name() + ";");
        }
        if (snippet instanceof ImportSnippet
                || snippet instanceof MethodSnippet
                || snippet instanceof TypeDeclSnippet) {
            return List.of(snippet.source());
        }
        return List.of();
    }
}
