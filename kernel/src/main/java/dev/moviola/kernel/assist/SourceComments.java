package dev.moviola.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The Javadoc comments of a source file. */
final class SourceComments {
    private SourceComments() {}

    /** The comment of {@code wanted} in the source of its outermost type. */
    static Optional<String> comment(String source, MemberName wanted) {
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Tree found = find(unit, wanted);
            return found == null
                    ? Optional.empty()
                    : Optional.ofNullable(Trees.instance(task).getDocComment(TreePath.getPath(unit, found)))
                            .map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Tree find(CompilationUnitTree unit, MemberName wanted) {
        List<? extends Tree> members = unit.getTypeDecls();
        Tree type = null;
        for (String name : wanted.types()) {
            type = null;
            for (Tree member : members) {
                if (member instanceof ClassTree nested && nested.getSimpleName().contentEquals(name)) {
                    type = nested;
                }
            }
            if (!(type instanceof ClassTree found)) {
                return null;
            }
            members = found.getMembers();
        }
        return wanted.member() == null ? type : member(members, wanted, wanted.member());
    }

    private static @Nullable Tree member(List<? extends Tree> members, MemberName wanted, String name) {
        Tree best = null;
        long score = -1;
        for (Tree member : members) {
            if (wanted.parameters() == null
                    && member instanceof VariableTree field
                    && field.getName().contentEquals(name)) {
                return field;
            }
            if (wanted.parameters() != null
                    && member instanceof MethodTree method
                    && method.getName().contentEquals(name)
                    && score(method, wanted.parameters()) > score) {
                score = score(method, wanted.parameters());
                best = method;
            }
        }
        return best;
    }

    /** How many parameters are of the types that are wanted; -1 if there are more or fewer. */
    private static long score(MethodTree method, List<String> wanted) {
        if (method.getParameters().size() != wanted.size()) {
            return -1;
        }
        long same = 0;
        for (int i = 0; i < wanted.size(); i++) {
            String type =
                    MemberName.simple(method.getParameters().get(i).getType().toString());
            same += type.equals(wanted.get(i)) ? 1 : 0;
        }
        return same;
    }
}
