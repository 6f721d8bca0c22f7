package dev.moviola.kernel.magic.internal;

import dev.moviola.MoviolaException;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/** {@code %jshell /vars} and its like: jshell's own lists. */
public final class JShellMagic implements Magic {
    private static final List<String> LISTS = List.of("/vars", "/methods", "/types", "/imports", "/list");

    @Override
    public Set<String> names() {
        return Set.of("jshell");
    }

    @Override
    public String summary() {
        return "lists what was declared, as jshell does: " + String.join(" ", LISTS);
    }

    @Override
    public @Nullable Object execute(String name, String arguments, @Nullable String body, MagicContext context) {
        if (!LISTS.contains(arguments)) {
            throw new MoviolaException(
                    "%jshell takes one of " + String.join(" ", LISTS) + ", but was given \"" + arguments + "\"");
        }
        print(list(arguments, context.shell()), context);
        return null;
    }

    private static Stream<String> list(String what, JShell shell) {
        return switch (what) {
            case "/vars" -> variables(shell);
            case "/methods" ->
                shell.methods().filter(snippet -> active(snippet, shell)).map(JShellMagic::method);
            case "/types" ->
                shell.types().filter(snippet -> active(snippet, shell)).map(JShellMagic::type);
            case "/imports" -> shell.imports().map(ImportSnippet::source).map(String::strip);
            default ->
                shell.snippets()
                        .filter(snippet -> active(snippet, shell) && snippet.kind() != Snippet.Kind.IMPORT)
                        .map(snippet -> snippet.id() + " : " + snippet.source().strip());
        };
    }

    private static boolean active(Snippet snippet, JShell shell) {
        return shell.status(snippet).isActive();
    }

    static Stream<String> variables(JShell shell) {
        return shell.variables()
                .filter(snippet -> active(snippet, shell))
                .map((VarSnippet variable) -> variable.typeName() + " " + variable.name());
    }

    private static String method(MethodSnippet method) {
        String signature = method.signature();
        int close = signature.lastIndexOf(')');
        return close < 0
                ? method.name()
                : signature.substring(close + 1) + " " + method.name() + signature.substring(0, close + 1);
    }

    private static String type(TypeDeclSnippet type) {
        String kind = type.subKind().name().replaceFirst("_.*", "");
        return kind.toLowerCase(Locale.ROOT) + " " + type.name();
    }

    static void print(Stream<String> lines, MagicContext context) {
        List<String> all = lines.toList();
        (all.isEmpty() ? List.of("none") : all).forEach(context.out()::println);
    }
}
