package dev.moviola.kernel.engine;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/**
 * A JShell session in this process.
 *
 * <p>A cell that does not compile changes nothing: all its snippets are checked before the first one runs. Values of
 * expressions are kept as {@code $1}, {@code $2} … for the last {@value #KEPT_RESULTS} of them at most, since they may be
 * large. Safe for use by many threads; two cells may run at the same time, but not compile at the same time.
 */
public final class Engine implements AutoCloseable {
    /** How many results of expressions stay reachable. */
    public static final int KEPT_RESULTS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final SnippetLoader loader = new SnippetLoader(Engine.class.getClassLoader());
    private final SnippetControl control = new SnippetControl(loader, lock);
    private final JShell shell;
    private final ClassPath classPath = new ClassPath(PackageIndex.standard());
    private final DefaultTypes defaultTypes = new DefaultTypes(Engine.class.getClassLoader());
    private final AutoImports autoImports = new AutoImports(defaultTypes, loader);
    private final Deque<VarSnippet> results = new ArrayDeque<>();
    private final Map<String, UserErrors.Place> places = new ConcurrentHashMap<>();
    private final Set<Cell> stopped = ConcurrentHashMap.newKeySet();
    private final Set<String> initial = new HashSet<>();
    private final Deque<String> startUp = new ArrayDeque<>(StartUp.LINES);
    private @Nullable Rehearsal rehearsal;
    private final SideSessions sideSessions;

    /**
     * A session with the imports of jshell's default start-up. Types of the library, of Tablesaw and of XChart are
     * imported when a cell first names them. The default imports but the first are not made yet: see {@link #getReady}.
     */
    public Engine() {
        shell = Shells.build(control, classPath);
        sideSessions = new SideSessions(() -> Shells.idle(classPath.copy()));
        getReady();
    }

    /**
     * Makes one of the default imports; false if all are made. A session whose client waits for a first cell that needs
     * none of them runs that first; otherwise they are made at the latest when a cell or a look at the session needs them.
     */
    public boolean getReady() {
        lock.lock();
        try {
            String line = startUp.poll();
            if (line != null) {
                shell.eval(line).forEach(event -> initial.add(event.snippet().id()));
            }
            return !startUp.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void getAllReady() {
        while (getReady()) {
            continue;
        }
    }

    /** Runs {@code code} as all of {@code cell}. */
    public CellOutcome run(Cell cell, String code) {
        return run(cell, code, 1, code);
    }

    /**
     * Runs a part of a cell; returns when it has ended or was {@linkplain Cell#stop stopped}.
     *
     * @param firstLine the line of the cell on which {@code code} begins, from 1
     * @param whole the whole cell
     */
    public CellOutcome run(Cell cell, String code, int firstLine, String whole) {
        lock.lock();
        try {
            if (!startUp.isEmpty() && StartUp.mayMatter(code)) {
                getAllReady();
            }
            if (results.size() > 1 && HeapUse.tight()) {
                forgetResults(1);
            }
            importWhatIsNamed(code);
            CellSource source = new CellSource(code, firstLine);
            List<CellSource.Piece> pieces = source.pieces(shell::sourceCodeAnalysis);
            List<String> cellLines = whole.lines().toList();
            if (pieces.size() > 1 && StagedCell.possible(code, shell)) {
                return performStaged(cell, source, pieces, cellLines);
            }
            CellOutcome refused = pieces.size() > 1 ? rehearse(source, pieces) : null;
            return refused != null ? refused : perform(cell, source, pieces, cellLines);
        } finally {
            settle(cell);
            lock.unlock();
        }
    }

    /** Calls {@code work} on a thread of {@code cell}, so that it can be stopped and its output belongs to the cell. */
    public CellOutcome call(Cell cell, Callable<@Nullable Object> work) {
        SnippetControl.Run run = new SnippetControl.Run(cell);
        try {
            control.perform(run, loader, work);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CellEndings.ended(run, null);
        } finally {
            settle(cell);
        }
        if (CellEndings.stopped(run)) {
            return CellEndings.ended(run, run.leftRunning);
        }
        if (run.thrown instanceof CellFailure failure) {
            return CellOutcome.failed(failure.error());
        }
        return run.thrown != null
                ? CellOutcome.failed(UserErrors.describe(run.thrown, null, places))
                : new CellOutcome(true, run.value, null);
    }

    /** Lets go of the checks for a stop as soon as all threads of the cells that were stopped have ended. */
    private void settle(Cell cell) {
        if (cell.stopped()) {
            stopped.add(cell);
        }
        stopped.removeIf(Cell::settle);
    }

    private @Nullable CellOutcome rehearse(CellSource source, List<CellSource.Piece> pieces) {
        if (rehearsal == null) {
            rehearsal = new Rehearsal(() -> Shells.idle(classPath.copy()), shell);
        }
        Map<CellSource.Piece, List<Diag>> errors = rehearsal.check(pieces);
        if (errors.isEmpty()) {
            return null;
        }
        rehearsal = rehearsal.restarted(shell);
        return CellOutcome.failed(CellEndings.compilation(source, errors));
    }

    private void importWhatIsNamed(String code) {
        AutoImports.Change change = autoImports.before(code, shell);
        if (!change.outdated().isEmpty()) {
            change.outdated().forEach(shell::drop);
            if (rehearsal != null) {
                rehearsal = rehearsal.restarted(shell);
            }
        }
        for (String type : change.missing()) {
            for (SnippetEvent event : shell.eval("import " + type + ";")) {
                if (event.snippet() instanceof ImportSnippet snippet) {
                    autoImports.imported(snippet);
                    if (rehearsal != null) {
                        rehearsal.note(snippet);
                    }
                }
            }
        }
    }

    private CellOutcome perform(Cell cell, CellSource source, List<CellSource.Piece> pieces, List<String> cellLines) {
        CellOutcome outcome = CellOutcome.nothing();
        SnippetControl.Run run = control.begin(cell);
        List<Snippet> declared = new ArrayList<>();
        try {
            for (CellSource.Piece piece : pieces) {
                if (cell.stopped()) {
                    return CellEndings.ended(run, null);
                }
                run.value = null;
                run.thrown = null;
                UserErrors.Place place = new UserErrors.Place(cell.number(), source.line(piece.offset()), cellLines);
                outcome = CellOutcome.nothing();
                Replacements replaced = new Replacements();
                List<SnippetEvent> events = control.replacing(run, replaced, () -> shell.eval(piece.code()));
                if (run.replaced != null) {
                    // No code has run meanwhile that may have changed them.
                    replaced.carryOverUndeclared(events);
                }
                for (SnippetEvent event : events) {
                    if (event.causeSnippet() == null) {
                        places.put(event.snippet().id(), place);
                        declared.add(event.snippet());
                    }
                    CellOutcome of = event.causeSnippet() == null
                            ? outcome(event, run, source, piece)
                            : sideEffect(event, cell, replaced);
                    if (of.error() != null) {
                        forgetRehearsal(pieces);
                        return of;
                    }
                    outcome = of.hasValue() ? of : outcome;
                    if (rehearsal != null && pieces.size() == 1 && event.causeSnippet() == null) {
                        rehearsal.note(event.snippet());
                    }
                }
            }
            noteUnresolved(declared, cell);
            return outcome;
        } finally {
            control.end();
        }
    }

    private CellOutcome performStaged(
            Cell cell, CellSource source, List<CellSource.Piece> pieces, List<String> cellLines) {
        SnippetControl.Run run = control.begin(cell);
        StagedCell staged = new StagedCell(shell, control, run);
        int kept = 0;
        try {
            Map<CellSource.Piece, List<Diag>> errors = staged.declare(pieces);
            if (!errors.isEmpty()) {
                return CellOutcome.failed(CellEndings.compilation(source, errors));
            }
            List<Snippet> declared = new ArrayList<>();
            for (StagedCell.Step step : staged.steps()) {
                int line = source.line(step.piece().offset());
                for (SnippetEvent event : step.events()) {
                    if (event.causeSnippet() == null) {
                        places.put(event.snippet().id(), new UserErrors.Place(cell.number(), line, cellLines));
                        declared.add(event.snippet());
                    }
                }
            }
            CellOutcome outcome = CellOutcome.nothing();
            for (StagedCell.Step step : staged.steps()) {
                if (cell.stopped()) {
                    return CellEndings.ended(run, null);
                }
                kept++;
                outcome = perform(cell, run, step);
                if (outcome.error() != null) {
                    return outcome;
                }
            }
            noteUnresolved(declared, cell);
            return outcome;
        } finally {
            staged.takeBack(kept);
            if (rehearsal != null) {
                staged.steps().subList(0, kept).forEach(this::noteForRehearsal);
            }
            control.end();
        }
    }

    private void noteForRehearsal(StagedCell.Step step) {
        for (SnippetEvent event : step.events()) {
            if (rehearsal != null && event.causeSnippet() == null) {
                rehearsal.note(event.snippet());
            }
        }
    }

    private CellOutcome perform(Cell cell, SnippetControl.Run run, StagedCell.Step step) {
        run.value = null;
        run.thrown = null;
        CellOutcome outcome = CellOutcome.nothing();
        step.replaced().carryOverUndeclared(step.events());
        step.events().stream()
                .filter(event -> event.causeSnippet() != null)
                .forEach(event -> sideEffect(event, cell, step.replaced()));
        for (Method work : step.work()) {
            try {
                control.perform(run, work);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CellEndings.ended(run, null);
            }
            if (run.thrown != null || run.leftRunning != null || cell.stopped()) {
                return thrown(run);
            }
        }
        for (SnippetEvent event : step.events()) {
            CellOutcome of = event.causeSnippet() == null ? value(event, run) : CellOutcome.nothing();
            outcome = of.hasValue() ? of : outcome;
        }
        return outcome;
    }

    /** What a deferred snippet threw, in JShell's terms: a snippet that does nothing throws it again. */
    private CellOutcome thrown(SnippetControl.Run run) {
        if (CellEndings.stopped(run)) {
            return CellEndings.ended(run, run.leftRunning);
        }
        JShellException translated = control.replaying(run, () -> shell.eval("{}").stream())
                .map(SnippetEvent::exception)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return thrown(run, translated);
    }

    private void forgetRehearsal(List<CellSource.Piece> pieces) {
        if (rehearsal != null && pieces.size() > 1) {
            rehearsal = rehearsal.restarted(shell);
        }
    }

    private CellOutcome outcome(SnippetEvent event, SnippetControl.Run run, CellSource source, CellSource.Piece piece) {
        if (event.status() == Snippet.Status.REJECTED) {
            List<Diag> errors =
                    shell.diagnostics(event.snippet()).filter(Diag::isError).toList();
            return CellOutcome.failed(CellEndings.compilation(source, Map.of(piece, errors)));
        }
        if (CellEndings.stopped(run)) {
            return CellEndings.ended(run, run.leftRunning);
        }
        if (run.thrown != null) {
            return thrown(run, event.exception());
        }
        return value(event, run);
    }

    private CellOutcome thrown(SnippetControl.Run run, @Nullable JShellException translated) {
        if (translated instanceof UnresolvedReferenceException unresolved) {
            String what = String.join(
                    ", ", shell.unresolvedDependencies(unresolved.getSnippet()).toList());
            String message = "this calls code that uses what is not defined yet: " + what;
            return CellOutcome.failed(new CellError("UnresolvedReference", message, List.of(message)));
        }
        return CellOutcome.failed(UserErrors.describe(Objects.requireNonNull(run.thrown), translated, places));
    }

    private CellOutcome value(SnippetEvent event, SnippetControl.Run run) {
        switch (event.snippet().subKind()) {
            case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> {
                return new CellOutcome(true, run.value, null);
            }
            case TEMP_VAR_EXPRESSION_SUBKIND -> {
                keep((VarSnippet) event.snippet());
                return new CellOutcome(true, run.value, null);
            }
            default -> {
                return CellOutcome.nothing();
            }
        }
    }

    private void keep(VarSnippet result) {
        results.addLast(result);
        forgetResults(KEPT_RESULTS);
    }

    private void forgetResults(int kept) {
        while (results.size() > kept) {
            VarSnippet oldest = results.removeFirst();
            control.clear(oldest.name());
            if (shell.status(oldest).isActive()) {
                shell.drop(oldest);
            }
        }
    }

    private void noteUnresolved(List<Snippet> declared, Cell cell) {
        for (Snippet snippet : declared) {
            Snippet.Status status = shell.status(snippet);
            if (snippet instanceof DeclarationSnippet declaration
                    && (status == Snippet.Status.RECOVERABLE_DEFINED
                            || status == Snippet.Status.RECOVERABLE_NOT_DEFINED)) {
                String missing = String.join(
                        ", ", shell.unresolvedDependencies(declaration).toList());
                tell(cell, declaration.name() + " can be used once these are defined: " + missing);
            }
        }
    }

    private static CellOutcome sideEffect(SnippetEvent event, Cell cell, Replacements replaced) {
        if (event.snippet() instanceof VarSnippet variable && event.status() != Snippet.Status.OVERWRITTEN) {
            if (event.status().isActive() && replaced.fits(variable.name())) {
                return CellOutcome.nothing();
            }
            String lost = event.status().isActive() ? " was cleared" : " is gone";
            tell(
                    cell,
                    "variable " + variable.name() + lost + ", because its type " + variable.typeName()
                            + " was redefined and what it held was of the old one; declare it again");
        }
        return CellOutcome.nothing();
    }

    private static void tell(Cell cell, String note) {
        byte[] bytes = (note + "\n").getBytes(StandardCharsets.UTF_8);
        cell.output().write(true, bytes, 0, bytes.length);
    }

    /** Makes jars and folders of classes visible to code from now on; those already there are left out. */
    public void addToClassPath(Collection<Path> entries) {
        lock.lock();
        try {
            for (Path entry : entries) {
                Path absolute = entry.toAbsolutePath().normalize();
                if (classPath.add(absolute)) {
                    Shells.addToClassPath(shell, absolute.toString());
                    classPath.apply();
                    rehearsal = null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was added to the class path, in order. */
    public List<Path> classPath() {
        lock.lock();
        try {
            return classPath.added();
        } finally {
            lock.unlock();
        }
    }

    /** The types that cells may name without importing them. */
    public DefaultTypes defaultTypes() {
        return defaultTypes;
    }

    /** The loader of what the code of this session sees. */
    public ClassLoader loader() {
        return loader;
    }

    /** Forgets everything that was declared, but for the imports with which the session began. */
    public void reset() {
        lock.lock();
        try {
            getAllReady();
            for (Snippet snippet : shell.snippets().toList()) {
                if (!initial.contains(snippet.id()) && shell.status(snippet).isActive()) {
                    if (snippet instanceof VarSnippet variable) {
                        control.clear(variable.name());
                    }
                    shell.drop(snippet);
                }
            }
            results.clear();
            autoImports.clear();
            if (rehearsal != null) {
                rehearsal = rehearsal.restarted(shell);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the session while no cell compiles. A cell may be running. */
    public <T> T look(Function<JShell, T> look) {
        lock.lock();
        try {
            getAllReady();
            return look.apply(shell);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #look}, but at a copy that has only the valid declarations of the session. */
    public <T> T lookAtCopy(Function<JShell, T> look) {
        return look(session -> sideSessions.afresh(session, look));
    }

    /** What the snippets in {@code code} are; the session gets to know nothing of them. */
    public List<Snippet> kinds(String code) {
        lock.lock();
        try {
            return sideSessions.kinds(code);
        } finally {
            lock.unlock();
        }
    }

    /** The variables that have a value, by name, in the order in which they were declared. */
    public Map<String, VarSnippet> variables() {
        return look(session -> {
            Map<String, VarSnippet> variables = new LinkedHashMap<>();
            session.variables().forEach(variable -> variables.put(variable.name(), variable));
            return variables;
        });
    }

    @Override
    public void close() {
        lock.lock();
        try {
            sideSessions.close();
            shell.close();
        } finally {
            lock.unlock();
        }
    }
}
