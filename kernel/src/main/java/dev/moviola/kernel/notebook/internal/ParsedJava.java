package dev.moviola.kernel.notebook.internal;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import dev.moviola.MoviolaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Java taken apart by the compiler's parser. */
final class ParsedJava {
    private final String code;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private ParsedJava(String code, CompilationUnitTree unit, SourcePositions positions) {
        this.code = code;
        this.unit = unit;
        this.positions = positions;
    }

    /**
     * Parses a source file.
     *
     * @throws MoviolaException if it is not Java, with the line of {@code name}
     */
    static ParsedJava file(String name, String code) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Script.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return code;
                    }
                };
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none"), null, List.of(source));
        CompilationUnitTree unit;
        try {
            unit = task.parse().iterator().next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Diagnostic<?> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw new MoviolaException(name + " is not Java: line " + problem.getLineNumber() + ": "
                        + problem.getMessage(Locale.ROOT));
            }
        }
        return new ParsedJava(code, unit, Trees.instance(task).getSourcePositions());
    }

    CompilationUnitTree unit() {
        return unit;
    }

    int start(Tree tree) {
        return (int) positions.getStartPosition(unit, tree);
    }

    int end(Tree tree) {
        return (int) positions.getEndPosition(unit, tree);
    }

    String text(Tree tree) {
        return code.substring(start(tree), end(tree));
    }
}
