package dev.moviola.kernel.internal;

import dev.moviola.display.Display;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.engine.Cell;
import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.engine.CellFailure;
import dev.moviola.kernel.engine.CellOutcome;
import dev.moviola.kernel.engine.Engine;
import dev.moviola.kernel.magic.CellParts;
import dev.moviola.kernel.magic.Magic;
import dev.moviola.kernel.magic.MagicContext;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import org.jspecify.annotations.Nullable;

/** Runs whole cells: their Java and their magics. */
final class CellRunner {
    private final Engine engine;
    private final List<Magic> magics = ServiceLoader.load(Magic.class, CellRunner.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .collect(Collectors.toUnmodifiableList());

    CellRunner(Engine engine) {
        this.engine = engine;
    }

    Engine engine() {
        return engine;
    }

    /** Runs {@code code}; a value comes back as a {@link MimeBundle}. */
    CellOutcome run(Cell cell, String code) {
        CellOutcome outcome = new CellOutcome(false, null, null);
        for (CellParts.Part part : CellParts.of(code)) {
            outcome = part instanceof CellParts.Java java
                    ? engine.run(cell, java.code(), java.line(), code)
                    : command(cell, (CellParts.Command) part);
            if (outcome.error() != null) {
                return outcome;
            }
        }
        return outcome.hasValue() && outcome.value() != null ? render(cell, outcome.value()) : outcome;
    }

    private CellOutcome render(Cell cell, Object value) {
        return engine.call(cell, () -> Display.bundle(value));
    }

    private CellOutcome command(Cell cell, CellParts.Command command) {
        boolean wholeCell = command.body() != null;
        for (Magic magic : magics) {
            if (magic.names().contains(command.name()) && (wholeCell ? magic.onCell() : magic.onLine())) {
                CellOutcome outcome = engine.call(
                        cell,
                        () -> magic.execute(command.name(), command.arguments(), command.body(), new Context(cell)));
                return outcome.value() == null && outcome.error() == null
                        ? new CellOutcome(false, null, null)
                        : outcome;
            }
        }
        String sign = command.name().equals("!") ? "" : wholeCell ? "%%" : "%";
        String message = "line " + command.line() + ": there is no magic " + sign + command.name() + "; there are "
                + magics.stream()
                        .flatMap(magic -> magic.names().stream())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new CellOutcome(false, null, new CellError("UnknownMagic", message, List.of(message)));
    }

    private final class Context implements MagicContext {
        private final Cell cell;

        Context(Cell cell) {
            this.cell = cell;
        }

        @Override
        public @Nullable Object eval(String code) {
            CellOutcome outcome = engine.run(cell, code);
            if (outcome.error() != null) {
                throw new CellFailure(outcome.error());
            }
            return outcome.value();
        }

        @Override
        public void addToClassPath(Collection<Path> entries) {
            engine.addToClassPath(entries);
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
        public List<Magic> magics() {
            return magics;
        }
    }
}
