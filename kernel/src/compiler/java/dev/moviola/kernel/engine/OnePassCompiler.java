package dev.moviola.kernel.engine;

import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.JavacTaskImpl;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.api.MultiTaskListener;
import com.sun.tools.javac.code.ClassFinder;
import com.sun.tools.javac.code.Scope.WriteableScope;
import com.sun.tools.javac.code.Symbol.Completer;
import com.sun.tools.javac.code.Symbol.PackageSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import com.sun.tools.javac.util.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DiagnosticListener;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The compiler tasks of a JShell, which has each snippet analysed and then, from its text again, compiled. Here an
 * analysis without errors goes on to class files at once, and when the same text is to be compiled they are handed over.
 * Of what the session has declared, only that is imported which a text names.
 *
 * <p>Reaches into the compiler, and is reached only by {@link CompilerPasses}, which does without it where it cannot be.
 * For one thread at a time.
 */
public final class OnePassCompiler extends JavacTaskPool {
    private static final int KEPT_TASKS = 5;
    private static final String ANALYSIS = "--should-stop=at=FLOW";
    private static final String SNIPPETS = "REPL";
    private static final Pattern DECLARED_SNIPPET = Pattern.compile("/REPL/\\$JShell\\$\\d\\w*\\.java");

    private final SnippetImports imports = new SnippetImports();
    private JavacTaskPool tasks = new JavacTaskPool(KEPT_TASKS);
    private boolean works = true;
    private @Nullable Output output;
    private @Nullable List<String> compiling;
    private @Nullable Generated ready;
    private int reused;

    /** Class files, and the texts of which they were made by the names of their files. */
    private record Generated(Map<String, String> texts, List<ClassFile> classes, Context context) {}

    private record ClassFile(String name, String source, byte[] bytes) {}

    /** Tasks for a JShell that has made none yet, or whose class path was changed. */
    public OnePassCompiler() {
        super(1);
    }

    /** How often a compilation was spared. */
    public int reused() {
        return reused;
    }

    @Override
    public <Z> Z getTask(
            @Nullable Writer out,
            JavaFileManager files,
            DiagnosticListener<? super JavaFileObject> listener,
            Iterable<String> options,
            @Nullable Iterable<String> classes,
            Iterable<? extends JavaFileObject> units,
            Worker<Z> worker) {
        Output output = this.output;
        if (output == null) {
            output = new Output(files);
            this.output = output;
        }
        Output into = output;
        List<String> words = StreamSupport.stream(options.spliterator(), false).toList();
        if (!works || !declared(units)) {
            return tasks.getTask(out, into, listener, words, classes, units, worker);
        }
        imports.blankOutUnused(units);
        Map<String, String> texts = texts(units);
        if (!words.contains(ANALYSIS)) {
            compiling = words;
            Generated generated = ready;
            ready = null;
            if (generated == null || !generated.texts().equals(texts)) {
                return tasks.getTask(out, into, listener, words, classes, units, worker);
            }
            HandOverTask handOver = handOver(generated, units, files);
            if (handOver == null) {
                return tasks.getTask(out, into, listener, words, classes, units, worker);
            }
            reused++;
            return worker.withTask(handOver);
        }
        List<String> compiling = this.compiling;
        if (compiling == null) {
            return tasks.getTask(out, into, listener, words, classes, units, worker);
        }
        List<String> both = new ArrayList<>(words);
        compiling.stream().filter(word -> !words.contains(word)).forEach(both::add);
        return tasks.getTask(out, into, listener, both, classes, units, task -> {
            Z result = worker.withTask(task);
            if (!failed(listener)) {
                ready = generate(task, into, texts);
            }
            return result;
        });
    }

    private static boolean declared(Iterable<? extends JavaFileObject> units) {
        return StreamSupport.stream(units.spliterator(), false)
                .allMatch(unit -> DECLARED_SNIPPET.matcher(unit.getName()).matches());
    }

    private static Map<String, String> texts(Iterable<? extends JavaFileObject> units) {
        Map<String, String> texts = new HashMap<>();
        for (JavaFileObject unit : units) {
            try {
                texts.put(unit.getName(), unit.getCharContent(true).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static boolean failed(DiagnosticListener<? super JavaFileObject> listener) {
        return !(listener instanceof DiagnosticCollector<?> collected)
                || collected.getDiagnostics().stream()
                        .anyMatch(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR);
    }

    private @Nullable Generated generate(JavacTask task, Output into, Map<String, String> texts) {
        List<ClassFile> classes = new ArrayList<>();
        Context context = ((JavacTaskImpl) task).getContext();
        Symtab symbols = Symtab.instance(context);
        PackageSymbol snippets = symbols.getPackage(
                symbols.unnamedModule, Names.instance(context).fromString(SNIPPETS));
        into.captured = classes;
        try {
            // JShell has purged the package by now; were it filled again here, it would lack what comes next.
            if (snippets != null) {
                snippets.completer = Completer.NULL_COMPLETER;
                snippets.members_field = WriteableScope.create(snippets);
            }
            task.generate();
            return new Generated(texts, classes, context);
        } catch (IOException | RuntimeException | AssertionError | StackOverflowError | LinkageError e) {
            giveUp();
            return null;
        } finally {
            into.captured = null;
            if (snippets != null) {
                snippets.members_field = null;
                snippets.completer = ClassFinder.instance(context).getCompleter();
            }
        }
    }

    private @Nullable HandOverTask handOver(
            Generated generated, Iterable<? extends JavaFileObject> units, JavaFileManager files) {
        try {
            return new HandOverTask(generated, units, files);
        } catch (RuntimeException | AssertionError | LinkageError e) {
            giveUp();
            return null;
        }
    }

    /** This compiler is not as those known: from now on JShell works as it always does. */
    private void giveUp() {
        works = false;
        tasks = new JavacTaskPool(KEPT_TASKS);
    }

    /** The files of the session, but that class files can be kept back. The compiler holds on to the first it is given. */
    private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
        private @Nullable List<ClassFile> captured;

        Output(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) throws IOException {
            List<ClassFile> into = captured;
            if (into == null) {
                return super.getJavaFileForOutput(location, className, kind, sibling);
            }
            return new SimpleJavaFileObject(URI.create("mem:///" + className.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            into.add(new ClassFile(className, sibling.getName(), toByteArray()));
                        }
                    };
                }
            };
        }
    }

    /** Hands class files to the session, which believes that they are being compiled. */
    private static final class HandOverTask extends JavacTaskImpl {
        private final List<ClassFile> classes;
        private final Map<String, JavaFileObject> sources = new HashMap<>();
        private final JavaFileManager files;

        HandOverTask(Generated generated, Iterable<? extends JavaFileObject> units, JavaFileManager files) {
            super(new SharedContext(generated.context()));
            this.classes = generated.classes();
            this.files = files;
            units.forEach(unit -> sources.put(unit.getName(), unit));
        }

        @Override
        public Boolean call() {
            for (ClassFile each : classes) {
                try (OutputStream to = files.getJavaFileForOutput(
                                StandardLocation.CLASS_OUTPUT,
                                each.name(),
                                JavaFileObject.Kind.CLASS,
                                sources.get(each.source()))
                        .openOutputStream()) {
                    to.write(each.bytes());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        }
    }

    /** All that another context has, but for what belongs to one task: that is found here, and left there as it was. */
    private static final class SharedContext extends Context {
        private final Context other;

        SharedContext(Context other) {
            this.other = other;
        }

        @Override
        public <T> @Nullable T get(Key<T> key) {
            T own = super.get(key);
            return own != null || key == MultiTaskListener.taskListenerKey ? own : other.get(key);
        }
    }
}
