//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS dev.moviola:moviola-kernel:0.1.0-SNAPSHOT

import dev.moviola.MoviolaException;
import dev.moviola.cli.Console;
import dev.moviola.cli.Exit;
import dev.moviola.cli.UsageException;
import dev.moviola.cli.Verb;
import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.notebook.NotebookCell;
import dev.moviola.kernel.notebook.NotebookFile;
import dev.moviola.kernel.notebook.NotebookParameters;
import dev.moviola.kernel.notebook.NotebookProgress;
import dev.moviola.kernel.notebook.NotebookResult;
import dev.moviola.kernel.notebook.NotebookRun;
import dev.moviola.kernel.notebook.ScriptExport;
import dev.moviola.kernel.notebook.ScriptImport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sun.misc.Signal;

@Command(
        name = "notebook",
        sortOptions = false,
        description = "Runs a Java notebook without Jupyter and without Python; makes a script of it and back.",
        footer = {
            "",
            "Examples:",
            "  ./jbang notebook run in.ipynb -o out.ipynb -p prompt=\"samurai vs T-rex\" -p variants=50",
            "  ./jbang notebook run in.ipynb --keep-going --json",
            "  ./jbang notebook export in.ipynb -o Script.java",
            "  ./jbang notebook import Script.java -o in.ipynb",
            "",
            "Parameters take the place of the values in the cell tagged \"parameters\", as papermill has it. A list is",
            "a JSON array: -p 'sizes=[1, 2]'. Exit code 1 says that a cell failed.",
            "",
            "An exported script takes them too: ./jbang Script.java variants=50"
        })
class Notebook extends Verb {
    enum Action {
        RUN,
        EXPORT,
        IMPORT
    }

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "run a notebook, export it as a script, or import a script as a notebook.")
    private Action action;

    @Parameters(index = "1", paramLabel = "FILE", description = "The notebook or, for import, the script.")
    private Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the result goes; beside the file when not given, that of a run with .out in its name.")
    private Path output;

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter. May be given again.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--keep-going", description = "Run the cells after one that failed.")
    private boolean keepGoing;

    @Option(names = "--log-output", description = "Show what the cells print.")
    private boolean logOutput;

    @Option(
            names = "--classpath",
            paramLabel = "PATHS",
            description = "Jars and folders that the cells see, separated as in Java's own option.")
    private String classPath = "";

    public static void main(String... args) {
        Verb.main(new Notebook(), args);
    }

    @Override
    protected int run(Console console) throws IOException, InterruptedException {
        return switch (action) {
            case RUN -> runNotebook(console);
            case EXPORT -> exportScript(console);
            case IMPORT -> importScript(console);
        };
    }

    private NotebookFile notebook() {
        NotebookFile notebook = NotebookFile.read(file);
        if (!notebook.language().isEmpty() && !notebook.language().equals("java")) {
            throw new UsageException(file + " must be a notebook in java, but is in " + notebook.language());
        }
        return notebook;
    }

    private int exportScript(Console console) throws IOException, InterruptedException {
        NotebookFile notebook = notebook();
        Path target = output != null ? output : file.resolveSibling(stem() + ".java");
        String name = String.valueOf(target.getFileName()).replaceFirst("\\.java$", "");
        ScriptExport script = ScriptExport.of(notebook, name);
        Files.writeString(target, script.text());
        return written(console, target, script.notes());
    }

    private int importScript(Console console) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MoviolaException("there is no script " + file);
        }
        Path target = output != null ? output : file.resolveSibling(stem() + ".ipynb");
        ScriptImport script = ScriptImport.of(file.toString(), Files.readString(file));
        script.notebook().write(target);
        return written(console, target, script.notes());
    }

    private int written(Console console, Path target, List<String> notes) {
        if (json()) {
            console.json(Map.of("output", target.toString(), "notes", notes));
            return Exit.DONE;
        }
        notes.forEach(console::note);
        console.print("written to " + target);
        return Exit.DONE;
    }

    private String stem() {
        return String.valueOf(file.getFileName()).replaceFirst("\\.(ipynb|java)$", "");
    }

    private int runNotebook(Console console) {
        NotebookFile notebook = notebook();
        Path target = output != null ? output : beside();
        NotebookParameters.inject(notebook, parameters);
        NotebookRun run = new NotebookRun(notebook, target, new Shown(console))
                .keepGoing(keepGoing)
                .classPath(Stream.of(classPath.split(File.pathSeparator))
                        .filter(entry -> !entry.isBlank())
                        .map(Path::of)
                        .toList());
        Signal.handle(new Signal("INT"), signal -> run.interrupt());
        console.progress("starting a Java session");
        NotebookResult result = run.run();
        report(console, target, result);
        return result.interrupted() ? Exit.INTERRUPTED : result.ok() ? Exit.DONE : Exit.SOME_FAILED;
    }

    private Path beside() {
        String name = String.valueOf(file.getFileName());
        String stem = name.endsWith(".ipynb") ? name.substring(0, name.length() - ".ipynb".length()) : name;
        return file.resolveSibling(stem + ".out.ipynb");
    }

    private void report(Console console, Path target, NotebookResult result) {
        double seconds = result.took().toMillis() / 1000.0;
        if (json()) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("output", target.toString());
            document.put("cells", result.cells());
            document.put("run", result.run());
            document.put("seconds", seconds);
            document.put("interrupted", result.interrupted());
            document.put("failures", result.failures().stream().map(Notebook::entry).toList());
            console.json(document);
            return;
        }
        String end = result.interrupted() ? ", interrupted" : "";
        console.print(String.format(
                "%d of %d cells run in %.1f s, %d failed%s; see %s",
                result.run(), result.cells(), seconds, result.failures().size(), end, target));
    }

    private static Map<String, Object> entry(NotebookResult.Failed failed) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("cell", failed.position());
        entry.put("id", failed.id());
        entry.put("ename", failed.error().name());
        entry.put("evalue", failed.error().message());
        return entry;
    }

    private final class Shown implements NotebookProgress {
        private final Console console;

        Shown(Console console) {
            this.console = console;
        }

        @Override
        public void begins(NotebookCell cell, int position, int total) {
            String first = cell.source().strip().lines().findFirst().orElse("");
            console.progress("cell " + position + " of " + total + ": " + first);
        }

        @Override
        public void printed(String text, boolean toError) {
            if (logOutput) {
                List<String> lines = text.lines().toList();
                lines.forEach(console::note);
            }
        }

        @Override
        public void ended(NotebookCell cell, int position, int total, CellError error) {
            if (error != null) {
                console.error("cell " + position + " of " + total + " failed");
                error.traceback().forEach(console::note);
            }
        }
    }
}
