package dev.moviola.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in which nothing runs, for questions that the session of the cells cannot be asked: on some JDKs a type that
 * was looked at, or refused, but never declared leaves a session unable to document anything. For one thread at a time.
 */
final class SideSessions implements AutoCloseable {
    private final Supplier<JShell> another;
    private @Nullable JShell parser;
    private @Nullable JShell copy;
    private final List<String> copied = new ArrayList<>();

    SideSessions(Supplier<JShell> another) {
        this.another = another;
    }

    /** What the snippets in {@code code} are. */
    List<Snippet> kinds(String code) {
        JShell parser = this.parser;
        if (parser == null) {
            parser = another.get();
            this.parser = parser;
        }
        return parser.sourceCodeAnalysis().sourceToSnippets(code);
    }

    /** Looks at a session that knows the declarations that are valid in {@code like}, and nothing else. */
    <T> T afresh(JShell like, Function<JShell, T> look) {
        List<String> wanted = like.snippets()
                .filter(snippet -> like.status(snippet) == Status.VALID)
                .flatMap(snippet -> Rehearsal.declaration(snippet).stream())
                .toList();
        JShell copy = this.copy;
        boolean goesOn = copied.size() <= wanted.size() && copied.equals(wanted.subList(0, copied.size()));
        if (copy == null || !goesOn) {
            closeCopy();
            copy = another.get();
            this.copy = copy;
        }
        for (String declaration : wanted.subList(copied.size(), wanted.size())) {
            copy.eval(declaration);
            copied.add(declaration);
        }
        return look.apply(copy);
    }

    private void closeCopy() {
        JShell old = copy;
        if (old != null) {
            old.close();
        }
        copy = null;
        copied.clear();
    }

    @Override
    public void close() {
        closeCopy();
        JShell old = parser;
        if (old != null) {
            old.close();
        }
        parser = null;
    }
}
