package dev.moviola.kernel.engine;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import org.jspecify.annotations.Nullable;

/**
 * Declares several snippets in one compilation, where JShell's own interface takes one after another. Only what JShell
 * knows without asking the compiler for types goes together: methods, types, and variables whose type is written out,
 * all of names that are new.
 *
 * <p>Takes the way that JShell takes when a snippet has dependents, which is closed in a JVM without the {@linkplain
 * CompilerPasses#OPTIONS options}.
 */
final class SnippetBatch {
    private static final String WORK = "do_it$";
    private static final String MODIFIERS =
            "(?:(?:public|protected|private|static|final|sealed|non-sealed|strictfp)\\s+)*+";
    private static final String TYPE =
            "[\\p{L}_$][\\p{L}\\p{N}_$.]*+(?:\\s*<[\\p{L}\\p{N}_$.,?&<>\\[\\]\\s]*>)?(?:\\s*\\[\\s*])*+";
    private static final Pattern TYPE_DECLARATION = Pattern.compile(
            MODIFIERS + "(?:abstract\\s+)?(?:class|interface|enum|record)\\s+[\\p{L}_$].*}", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(
            MODIFIERS + "(?:<[^(){}=;]*>\\s*)?" + TYPE
                    + "\\s+[\\p{L}_$][\\p{L}\\p{N}_$]*+\\s*\\([^(){}=;]*\\)[^(){}=;]*\\{.*}",
            Pattern.DOTALL);
    private static final Pattern VARIABLE =
            Pattern.compile(MODIFIERS + TYPE + "\\s+[\\p{L}_$][\\p{L}\\p{N}_$]*+\\s*(?:=.*)?;", Pattern.DOTALL);
    private static final Set<String> NO_TYPE = Set.of(
            "var",
            "return",
            "throw",
            "new",
            "else",
            "assert",
            "break",
            "continue",
            "yield",
            "case",
            "import",
            "package",
            "do",
            "try",
            "if",
            "for",
            "while",
            "switch",
            "synchronized");
    private static final Pattern FIRST_WORD =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

    private final JShell shell;
    private final ExecutionControl control;
    private final Object eval;
    private final Method parse;
    private final Method compile;
    private final Constructor<?> unit;
    private final Method initialize;
    private final Method wrap;
    private final Method snippetOf;
    private final Method event;
    private final Method secondaryEvents;
    private final Method diagnostics;
    private final Method className;

    private SnippetBatch(JShell shell, ExecutionControl control) throws ReflectiveOperationException {
        this.shell = shell;
        this.control = control;
        Field evaluation = JShell.class.getDeclaredField("eval");
        evaluation.setAccessible(true);
        eval = evaluation.get(shell);
        parse = open(eval.getClass(), "sourceToSnippets", String.class);
        compile = open(eval.getClass(), "compileAndLoad", Set.class);
        Class<?> units = Class.forName("jdk.jshell.Unit");
        diagnostics = open(Snippet.class, "syntheticDiags");
        unit = units.getDeclaredConstructor(JShell.class, Snippet.class, Snippet.class, diagnostics.getReturnType());
        unit.setAccessible(true);
        initialize = open(units, "initialize");
        wrap = open(units, "setWrap", Collection.class, Collection.class);
        snippetOf = open(units, "snippet");
        event = open(units, "event", String.class, jdk.jshell.JShellException.class);
        secondaryEvents = open(units, "secondaryEvents");
        className = open(Snippet.class, "classFullName");
    }

    /** One for {@code shell}, whose code {@code control} runs; null where JShell cannot be reached. */
    static @Nullable SnippetBatch of(JShell shell, ExecutionControl control) {
        try {
            return new SnippetBatch(shell, control);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError closed) {
            return null;
        }
    }

    private static Method open(Class<?> of, String name, Class<?>... parameters) throws NoSuchMethodException {
        Method method = of.getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
    }

    /** Whether JShell can tell what {@code code} declares without asking for the types of anything. */
    static boolean possible(String code) {
        String plain = code.substring(beginning(code)).strip();
        Matcher first = FIRST_WORD.matcher(plain);
        return first.lookingAt()
                && !NO_TYPE.contains(first.group())
                && (TYPE_DECLARATION.matcher(plain).matches()
                        || METHOD.matcher(plain).matches()
                        || VARIABLE.matcher(plain).matches());
    }

    /** Where the code begins behind the comments in front of it. */
    private static int beginning(String code) {
        int at = 0;
        while (at < code.length()) {
            boolean line = code.startsWith("//", at);
            if (line || code.startsWith("/*", at)) {
                int end = code.indexOf(line ? "\n" : "*/", at + 2);
                at = end < 0 ? code.length() : end + (line ? 1 : 2);
            } else if (Character.isWhitespace(code.charAt(at))) {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    /** What declaring a piece of code did, and what it will run. */
    record Declared(List<SnippetEvent> events, List<Method> work) {}

    /**
     * Declares as many of the first of {@code codes} as can go together.
     *
     * @param noted where the control notes what is to be run, instead of running it
     * @return what came of each code that was declared; empty if the first one has to be declared by itself
     */
    List<Declared> declare(List<String> codes, List<Method> noted) {
        try {
            return declareTogether(together(codes), noted);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<List<Snippet>> together(List<String> codes) throws ReflectiveOperationException {
        Set<String> taken = new HashSet<>();
        shell.snippets()
                .filter(snippet -> shell.status(snippet).isActive())
                .forEach(snippet -> names(List.of(snippet), taken));
        Set<String> usedByVariables = new HashSet<>();
        List<List<Snippet>> together = new ArrayList<>();
        for (String code : codes) {
            List<Snippet> snippets = new ArrayList<>();
            for (Object snippet : (Collection<?>) parse.invoke(eval, code)) {
                snippets.add((Snippet) snippet);
            }
            Set<String> names = new HashSet<>();
            if (!names(snippets, names)
                    || names.stream().anyMatch(name -> taken.contains(name) || usedByVariables.contains(name))) {
                break;
            }
            taken.addAll(names);
            if (snippets.stream().anyMatch(VarSnippet.class::isInstance)) {
                // A variable that is given its value before the ones after it are must not see them.
                usedByVariables.addAll(StagedCell.words(code));
            }
            together.add(snippets);
        }
        return together;
    }

    /** Collects what {@code snippets} declare; false if that is nothing, or one name twice, or not all do. */
    private static boolean names(List<Snippet> snippets, Set<String> names) {
        boolean all = !snippets.isEmpty();
        for (Snippet snippet : snippets) {
            all &= snippet instanceof DeclarationSnippet declared && names.add(declared.name());
        }
        return all;
    }

    private List<Declared> declareTogether(List<List<Snippet>> codes, List<Method> noted)
            throws ReflectiveOperationException {
        if (codes.size() < 2) {
            return List.of();
        }
        Set<Object> units = new LinkedHashSet<>();
        for (List<Snippet> snippets : codes) {
            for (Snippet snippet : snippets) {
                Object each = unit.newInstance(shell, snippet, null, diagnostics.invoke(snippet));
                // Each has to know its own class before any can refer to that of another.
                initialize.invoke(each);
                wrap.invoke(each, List.of(), List.of(each));
                units.add(each);
            }
        }
        Collection<?> compiled = (Collection<?>) compile.invoke(eval, units);
        List<Declared> declared = new ArrayList<>();
        Map<Snippet, List<SnippetEvent>> events = new IdentityHashMap<>();
        for (List<Snippet> snippets : codes) {
            int before = noted.size();
            List<SnippetEvent> ofCode = new ArrayList<>();
            for (Snippet snippet : snippets) {
                events.put(snippet, ofCode);
                if (shell.status(snippet).isDefined() && snippet.subKind().isExecutable()) {
                    run(snippet);
                }
            }
            declared.add(new Declared(ofCode, List.copyOf(noted.subList(before, noted.size()))));
        }
        for (Object each : compiled) {
            Snippet snippet = (Snippet) snippetOf.invoke(each);
            SnippetEvent own = (SnippetEvent) event.invoke(each, null, null);
            note(own, events.get(own.causeSnippet() == null ? snippet : own.causeSnippet()));
            for (Object further : (Collection<?>) secondaryEvents.invoke(each)) {
                note((SnippetEvent) further, events.get(((SnippetEvent) further).causeSnippet()));
            }
        }
        return declared;
    }

    private static void note(SnippetEvent event, @Nullable List<SnippetEvent> into) {
        boolean changed =
                event.causeSnippet() == null || event.isSignatureChange() || event.status() != event.previousStatus();
        if (into != null && changed) {
            into.add(event);
        }
    }

    private void run(Snippet snippet) throws ReflectiveOperationException {
        try {
            control.invoke((String) className.invoke(snippet), WORK);
        } catch (ExecutionControl.ExecutionControlException e) {
            throw new IllegalStateException("what is only noted cannot fail", e);
        }
    }
}
