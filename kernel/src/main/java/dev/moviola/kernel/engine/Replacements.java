package dev.moviola.kernel.engine;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;

/**
 * The variables that got another class while something was evaluated, as JShell gives them one when an import with a star
 * or a redeclaration could change what their declarations mean. What they held is then in the old classes. For one thread.
 */
final class Replacements {
    private final Map<String, Replacement> byName = new HashMap<>();

    private record Replacement(Field before, Field now) {
        /** Whether what it held fits: its type may have become another one, even if that has the same name. */
        boolean fits() {
            return now.getType() == before.getType();
        }
    }

    /** Gives {@code now} what {@code before} holds, if its type is the same. */
    static void copy(Field before, Field now) {
        if (!new Replacement(before, now).fits()) {
            return;
        }
        try {
            now.set(null, before.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The variable that was in {@code before} is in {@code now}; of several changes the first and the last one count. */
    void note(Field before, Field now) {
        Replacement earlier = byName.get(now.getName());
        byName.put(now.getName(), new Replacement(earlier == null ? before : earlier.before(), now));
    }

    /** Where the variables were before, by name. */
    Map<String, Field> before() {
        return byName.values().stream()
                .collect(Collectors.toMap(each -> each.before().getName(), Replacement::before));
    }

    /** Whether the variable was replaced and can hold what it held. */
    boolean fits(String variable) {
        Replacement replacement = byName.get(variable);
        return replacement != null && replacement.fits();
    }

    /** Gives the variables what they held, but for those that {@code events} declare anew. */
    void carryOverUndeclared(List<SnippetEvent> events) {
        List<String> declared = events.stream()
                .filter(event -> event.causeSnippet() == null && event.snippet() instanceof VarSnippet)
                .map(event -> ((VarSnippet) event.snippet()).name())
                .toList();
        carryOver(each -> !declared.contains(each.now().getName()));
    }

    /** Gives the variables what they held, but for those that lie in {@code type}. */
    void carryOverOutside(Class<?> type) {
        carryOver(each -> each.now().getDeclaringClass() != type);
    }

    private void carryOver(Predicate<Replacement> which) {
        byName.values().stream().filter(which).forEach(each -> copy(each.before(), each.now()));
    }
}
