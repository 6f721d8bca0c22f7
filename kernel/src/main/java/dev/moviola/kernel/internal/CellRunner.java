package dev.moviola.kernel.internal;

import dev.moviola.MoviolaException;
import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.dependency.LibrarySources;
import dev.moviola.kernel.engine.Cell;
import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.engine.CellFailure;
import dev.moviola.kernel.engine.CellOutcome;
import dev.moviola.kernel.engine.Engine;
import dev.moviola.kernel.magic.CellParts;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import dev.moviola.kernel.magic.internal.Magics;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/** Runs whole cells: their Java and their magics. */
final class CellRunner {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\\\)\\\\\\{([\\p{L}_$][\\w$]*)\\}");

    private final Engine engine;
    private final Magics magics = new Magics(CellRunner.class.getClassLoader());
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final Extensions extensions = new Extensions();
    private final BundledLibraries bundled = new BundledLibraries();

    CellRunner(Engine engine) {
        this.engine = engine;
    }

    Engine engine() {
        return engine;
    }

    List<String> magicNames() {
        return magics.all().stream().flatMap(magic -> magic.names().stream()).toList();
    }

    /** What documents a library, as the magics that add libraries find it. */
    Optional<Path> sources(Path jar) {
        return magics.all().stream()
                .flatMap(magic -> magic instanceof LibrarySources sources ? sources.of(jar).stream() : Stream.empty())
                .findFirst();
    }

    /** Runs {@code code}; a value comes back as a {@link MimeBundle}. */
    CellOutcome run(Cell cell, String code) {
        cell.attach(MagicContext.class, new Context(cell));
        CellOutcome outcome = parts(cell, code);
        return outcome.hasValue() && outcome.value() != null ? render(cell, outcome.value()) : outcome;
    }

    private CellOutcome parts(Cell cell, String code) {
        CellOutcome outcome = new CellOutcome(false, null, null);
        for (CellParts.Part part : CellParts.of(code)) {
            if (part instanceof CellParts.Java java) {
                addBundledLibraries(cell, java);
                outcome = engine.run(cell, java.code(), java.line(), code);
            } else {
                outcome = command(cell, (CellParts.Command) part);
            }
            if (outcome.error() != null) {
                return outcome;
            }
        }
        return outcome;
    }

    private void addBundledLibraries(Cell cell, CellParts.Java java) {
        for (String coordinates : bundled.missing(java.code(), engine.loader())) {
            CellOutcome outcome = command(cell, new CellParts.Command("maven", coordinates, null, java.line()));
            if (outcome.error() == null) {
                byte[] note = ("added " + coordinates + ", which IJava has inside; %maven " + coordinates
                                + " in the notebook makes it run in every kernel\n")
                        .getBytes(StandardCharsets.UTF_8);
                cell.output().write(true, note, 0, note.length);
            }
            // Otherwise the compiler says what is missing.
        }
    }

    private CellOutcome render(Cell cell, Object value) {
        return engine.call(cell, () -> Display.bundle(value));
    }

    private CellOutcome command(Cell cell, CellParts.Command command) {
        CellOutcome outcome = engine.call(cell, () -> {
            try {
                Context context = new Context(cell);
                Magic magic = magics.find(command.name(), command.body() != null);
                Object result =
                        magic.execute(command.name(), withVariableValues(command, context), command.body(), context);
                return magic.showsResult() ? result : null;
            } catch (CellFailure e) {
                throw e;
            } catch (MoviolaException e) {
                // What the kernel itself says needs no stack trace.
                String message = "line " + command.line() + ": " + e.getMessage();
                throw new CellFailure(new CellError("MagicFailed", message, List.of(message)));
            }
        });
        return outcome.value() == null && outcome.error() == null ? new CellOutcome(false, null, null) : outcome;
    }

    /** As in rapaio, {@code \{name}} in the arguments of a magic is the value of that variable. */
    private String withVariableValues(CellParts.Command command, Context context) {
        Matcher matcher = VARIABLE.matcher(command.arguments());
        if (command.name().equals("!") || !matcher.find()) {
            return command.arguments();
        }
        Set<String> variables = engine.variables().keySet();
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                variables.contains(found.group(1)) ? String.valueOf(context.eval(found.group(1))) : found.group()));
    }

    private final class Context implements MagicContext {
        private final Cell cell;

        Context(Cell cell) {
            this.cell = cell;
        }

        @Override
        public @Nullable Object eval(String code) {
            CellOutcome outcome = parts(cell, code);
            if (outcome.error() != null) {
                throw new CellFailure(outcome.error());
            }
            return outcome.value();
        }

        @Override
        public @Nullable Object magic(String name, String arguments, @Nullable String body) throws Exception {
            return magics.find(name, body != null).execute(name, arguments, body, this);
        }

        @Override
        public void addToClassPath(Collection<Path> entries) {
            engine.addToClassPath(entries);
            extensions.join(engine.loader(), magics, this);
        }

        @Override
        public List<Path> classPath() {
            return engine.classPath();
        }

        @Override
        public void display(@Nullable Object value) {
            Display.show(value);
        }

        @Override
        public PrintStream out() {
            return System.out;
        }

        @Override
        public PrintStream err() {
            return System.err;
        }

        @Override
        public JShell shell() {
            return engine.look(session -> session);
        }

        @Override
        public void reset() {
            engine.reset();
        }

        @Override
        public Map<String, String> environment() {
            return environment;
        }

        @Override
        public void addMagic(Magic magic) {
            magics.add(List.of(magic));
        }

        @Override
        public List<Magic> magics() {
            return magics.all();
        }
    }
}
