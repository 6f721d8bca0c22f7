package dev.moviola.kernel.notebook.internal;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import dev.moviola.MoviolaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Small changes to pieces of Java. */
final class ScriptText {
    private static final Pattern COMMENTS =
            Pattern.compile("\\A(?:\\s+|//[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)*+", Pattern.DOTALL);
    private static final Pattern MODIFIERS =
            Pattern.compile("\\A(?:(?:public|protected|private|static|final|transient|volatile)\\s+)+");
    private static final Pattern TAIL =
            Pattern.compile(";?((?:\\s|//[^\\n]*(?:\\n|\\z)|/\\*.*?\\*/)*)\\z", Pattern.DOTALL);
    private static final Set<String> ZERO = Set.of("byte", "short", "int", "long", "float", "double", "char");

    private ScriptText() {}

    /**
     * A variable of a declaration.
     *
     * @param value what it begins with, as written; null if nothing
     */
    record Assignment(String name, @Nullable String value) {}

    static String leadingComment(String text) {
        Matcher matcher = COMMENTS.matcher(text);
        return matcher.find() ? matcher.group().strip() : "";
    }

    private static int significant(String text) {
        Matcher matcher = COMMENTS.matcher(text);
        return matcher.find() ? matcher.end() : 0;
    }

    /** The declaration of a method or class with the modifier {@code static}. */
    static String makeStatic(String text) {
        int at = significant(text);
        String rest = text.substring(at);
        int brace = rest.indexOf('{');
        String head = brace < 0 ? rest : rest.substring(0, brace);
        return Pattern.compile("\\bstatic\\b").matcher(head).find() ? text : text.substring(0, at) + "static " + rest;
    }

    /** The variables that a declaration declares, in order. */
    static List<Assignment> assignments(String text) {
        String bare = text.substring(significant(text));
        String local = MODIFIERS.matcher(bare).replaceFirst("");
        String code = "class $ { void $() { " + local + "\n; } }";
        ParsedJava parsed = ParsedJava.file("a declaration", code);
        ClassTree type = (ClassTree) parsed.unit().getTypeDecls().get(0);
        MethodTree method = (MethodTree) type.getMembers().get(0);
        BlockTree body = method.getBody();
        List<Assignment> assignments = new ArrayList<>();
        for (StatementTree statement : body == null ? List.<StatementTree>of() : body.getStatements()) {
            if (statement instanceof VariableTree variable) {
                String value = variable.getInitializer() == null ? null : parsed.text(variable.getInitializer());
                assignments.add(new Assignment(variable.getName().toString(), value));
            }
        }
        return assignments;
    }

    /** What a variable of that type begins with. */
    static String standard(String type) {
        return type.equals("boolean") ? "false" : ZERO.contains(type) ? "0" : "null";
    }

    /** An expression between two texts; comments around it and its semicolon stay outside. */
    static String wrapped(String before, String text, String after) {
        int at = significant(text);
        Matcher tail = TAIL.matcher(text);
        boolean found = tail.find(at);
        int end = found ? tail.start() : text.length();
        String rest = found ? tail.group(1) : "";
        return text.substring(0, at) + before + text.substring(at, end) + after + rest;
    }

    /** Whether an expression can stand as a statement. */
    static boolean carriedOut(String text) {
        return parses(wrapped("", text, ";"));
    }

    private static boolean parses(String statement) {
        try {
            ParsedJava.file("a statement", "class $ { void $() { " + statement + "\n } }");
            return true;
        } catch (MoviolaException e) {
            return false;
        }
    }

    /** A statement with its semicolon, after which others may stand even if it throws. */
    static String statement(String text) {
        int at = significant(text);
        String closed = parses(text) ? text : wrapped("", text, ";");
        return text.startsWith("throw ", at) ? text.substring(0, at) + "if (true) " + closed.substring(at) : closed;
    }
}
