package dev.moviola.kernel.engine;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * A cell of several snippets, all of them declared before the first one runs, so that each is compiled only once and
 * what does not compile, or is never reached, can be taken back.
 */
final class StagedCell {
    private static final Pattern WORD = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    private final JShell shell;
    private final SnippetControl control;
    private final SnippetControl.Run run;
    private final List<Step> steps = new ArrayList<>();

    /** One snippet of the cell: what declaring it did, what it will run, and which variables it took the place of. */
    record Step(CellSource.Piece piece, List<SnippetEvent> events, List<Method> work, Replacements replaced) {}

    StagedCell(JShell shell, SnippetControl control, SnippetControl.Run run) {
        this.shell = shell;
        this.control = control;
        this.run = run;
    }

    /**
     * Whether whatever {@code code} declares could be taken back. The values that objects of a class hold are lost when
     * the class is compiled anew, because it is redeclared or because something that it mentions is.
     */
    static boolean possible(String code, JShell shell) {
        Set<String> words = words(code);
        Set<String> types = new HashSet<>();
        Set<String> mentioned = new HashSet<>();
        Set<String> members = new HashSet<>();
        shell.snippets().filter(snippet -> shell.status(snippet).isActive()).forEach(snippet -> {
            if (snippet instanceof TypeDeclSnippet type) {
                types.add(type.name());
                mentioned.addAll(words(type.source()));
            } else if (snippet instanceof DeclarationSnippet member) {
                members.add(member.name());
            }
        });
        mentioned.retainAll(members);
        return Collections.disjoint(AutoImports.declared(code), types) && Collections.disjoint(mentioned, words);
    }

    /** The names and words in {@code code}, those in its texts and comments too. */
    static Set<String> words(String code) {
        Set<String> words = new HashSet<>();
        Matcher matcher = WORD.matcher(code);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    List<Step> steps() {
        return steps;
    }

    /** Declares all pieces; the errors of each that does not compile. */
    Map<CellSource.Piece, List<Diag>> declare(List<CellSource.Piece> pieces) {
        Map<CellSource.Piece, List<Diag>> errors = new LinkedHashMap<>();
        int next = 0;
        while (next < pieces.size()) {
            int declared = declareTogether(pieces, next);
            next += declared > 0 ? declared : declare(pieces.get(next));
        }
        for (Step step : steps) {
            for (SnippetEvent event : step.events()) {
                if (event.causeSnippet() == null && event.status() == Snippet.Status.REJECTED) {
                    errors.computeIfAbsent(step.piece(), key -> new ArrayList<>())
                            .addAll(shell.diagnostics(event.snippet())
                                    .filter(Diag::isError)
                                    .toList());
                }
            }
        }
        return errors;
    }

    private int declare(CellSource.Piece piece) {
        List<Method> work = new ArrayList<>();
        Replacements replaced = new Replacements();
        List<SnippetEvent> events = control.deferring(run, work, replaced, () -> shell.eval(piece.code()));
        steps.add(new Step(piece, events, work, replaced));
        return 1;
    }

    /** Declares as many of the pieces from {@code first} on as can be compiled at once; how many those were. */
    private int declareTogether(List<CellSource.Piece> pieces, int first) {
        List<String> codes = pieces.subList(first, pieces.size()).stream()
                .map(CellSource.Piece::code)
                .takeWhile(SnippetBatch::possible)
                .toList();
        SnippetBatch batch = codes.size() > 1 ? SnippetBatch.of(shell, control) : null;
        if (batch == null) {
            return 0;
        }
        List<Method> noted = new ArrayList<>();
        List<SnippetBatch.Declared> declared =
                control.deferring(run, noted, new Replacements(), () -> batch.declare(codes, noted));
        for (int i = 0; i < declared.size(); i++) {
            SnippetBatch.Declared each = declared.get(i);
            steps.add(new Step(pieces.get(first + i), each.events(), each.work(), new Replacements()));
        }
        return declared.size();
    }

    /** Takes back what the steps from {@code first} on declared; variables get the value again that they had. */
    void takeBack(int first) {
        Set<Snippet> ours = new LinkedHashSet<>();
        Map<Snippet, Snippet> overwrittenBy = new LinkedHashMap<>();
        Map<String, Field> values = new HashMap<>();
        for (Step step : steps.subList(first, steps.size())) {
            step.replaced().before().forEach(values::putIfAbsent);
            for (SnippetEvent event : step.events()) {
                if (event.causeSnippet() == null) {
                    ours.add(event.snippet());
                } else if (event.status() == Snippet.Status.OVERWRITTEN) {
                    overwrittenBy.put(event.snippet(), event.causeSnippet());
                }
            }
        }
        List<Snippet> before = overwrittenBy.keySet().stream()
                .filter(snippet -> !ours.contains(snippet) && active(snippet, overwrittenBy))
                .toList();
        List<Snippet> latestFirst = new ArrayList<>(ours);
        Collections.reverse(latestFirst);
        latestFirst.stream().filter(snippet -> shell.status(snippet).isActive()).forEach(shell::drop);
        Set<String> sources = new LinkedHashSet<>();
        before.forEach(snippet -> sources.add(snippet.source()));
        control.muted(run, () -> sources.forEach(shell::eval));
        for (Snippet snippet : before) {
            Field value = snippet instanceof VarSnippet variable ? values.get(variable.name()) : null;
            if (value != null) {
                control.restore(value);
            }
        }
    }

    /** Whether what took the place of {@code snippet} still has it: another cell may have declared the name since. */
    private boolean active(Snippet snippet, Map<Snippet, Snippet> overwrittenBy) {
        Snippet last = snippet;
        for (Snippet next = last; next != null; next = overwrittenBy.get(next)) {
            last = next;
        }
        return shell.status(last).isActive();
    }
}
