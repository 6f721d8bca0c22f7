package dev.moviola.kernel.assist;

import dev.moviola.kernel.dependency.LibrarySources;
import dev.moviola.kernel.engine.Engine;
import dev.moviola.kernel.magic.CellParts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/** Completion and inspection over a session. Positions are code points. Safe for use by many threads. */
public final class Assist {
    private static final int SHORTEST_SEARCHED = 3;
    private static final String KNOWN_CALL = "\"\".length(";

    private final Engine engine;
    private final LibraryDocs libraries;
    private final TypeIndex allTypes = new TypeIndex();

    /**
     * Help with the code of {@code engine}'s session.
     *
     * @param sources finds what documents a library
     */
    public Assist(Engine engine, LibrarySources sources) {
        this.engine = engine;
        libraries = new LibraryDocs(sources, allTypes, engine::loader);
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
        int[] anchor = {0};
        int begun = at;
        while (begun > 0 && Character.isJavaIdentifierPart(code.charAt(begun - 1))) {
            begun--;
        }
        String prefix = code.substring(begun, at);
        boolean member = code.substring(0, begun).stripTrailing().endsWith(".");
        Set<String> texts = new LinkedHashSet<>();
        Set<String> variables = new HashSet<>();
        int offset = engine.look(shell -> Surroundings.within(engine, shell, code, at, around -> {
            String before = around.code();
            shell.sourceCodeAnalysis()
                    .completionSuggestions(before, before.length(), anchor)
                    .forEach(suggestion -> texts.add(suggestion.continuation()));
            boolean unknown = !member && beginsLikeType(prefix) && texts.isEmpty();
            if (unknown) {
                texts.addAll(shell.sourceCodeAnalysis()
                        .listQualifiedNames(before, before.length())
                        .getNames());
            }
            shell.variables().map(VarSnippet::name).forEach(variables::add);
            variables.addAll(around.variables());
            return around.offset();
        }));
        if (!member && beginsLikeType(prefix)) {
            texts.addAll(engine.defaultTypes().beginningWith(prefix));
        }
        if (!member && beginsLikeType(prefix) && texts.isEmpty() && prefix.length() >= SHORTEST_SEARCHED) {
            texts.addAll(allTypes.beginningWith(prefix, engine.classPath()));
        }
        int start = texts.isEmpty() ? begun : Math.min(begun, anchor[0] + offset);
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
        int to = end;
        Set<String> imports = new LinkedHashSet<>();
        List<SourceCodeAnalysis.Documentation> found = engine.look(shell -> documentation(shell, code, to, imports));
        if (found.isEmpty() && engine.look(Assist::documentsNothing)) {
            found = engine.lookAtCopy(copy -> documentation(copy, code, to, imports));
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<Path> jars = engine.classPath();
        return Optional.of(Inspection.of(found.stream()
                .map(each -> new Inspection.Signature(
                        each.signature(),
                        each.javadoc() != null ? each.javadoc() : libraries.javadoc(each.signature(), imports, jars)))
                .toList()));
    }

    private List<SourceCodeAnalysis.Documentation> documentation(
            JShell shell, String code, int at, Set<String> imports) {
        return Surroundings.within(engine, shell, code, at, around -> {
            String before = around.code();
            SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
            shell.imports().map(ImportSnippet::fullname).forEach(imports::add);
            List<SourceCodeAnalysis.Documentation> own = analysis.documentation(before, before.length(), true);
            // A method is only known together with its parenthesis.
            return own.isEmpty() ? analysis.documentation(before + "(", before.length() + 1, true) : own;
        });
    }

    private static boolean documentsNothing(JShell shell) {
        return shell.sourceCodeAnalysis()
                .documentation(KNOWN_CALL, KNOWN_CALL.length(), false)
                .isEmpty();
    }

    /** Whether {@code cell} is a whole cell. Commands in it are. */
    public Completeness completeness(String cell) {
        return engine.look(shell -> {
            Completeness last = Completeness.COMPLETE;
            for (CellParts.Part part : CellParts.of(cell)) {
                last = part instanceof CellParts.Java java ? completeness(java.code(), shell) : Completeness.COMPLETE;
                if (last == Completeness.INVALID) {
                    return last;
                }
            }
            return last;
        });
    }

    private Completeness completeness(String code, JShell shell) {
        String rest = code;
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
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
                    if (!parses(info.source())) {
                        return Completeness.INVALID;
                    }
                    rest = info.remaining();
                }
            }
        }
        return Completeness.COMPLETE;
    }

    private boolean parses(String code) {
        // The type of a var may be that of an earlier line, which the session does not know.
        String known = code.replaceAll("\\bvar(?=\\s+\\w)", "Object");
        return engine.kinds(known).stream().noneMatch(snippet -> snippet.kind() == Snippet.Kind.ERRONEOUS);
    }
}
