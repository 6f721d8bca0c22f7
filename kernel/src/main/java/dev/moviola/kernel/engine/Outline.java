package dev.moviola.kernel.engine;

import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jdk.jshell.Diag;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * Tells what the parts of cells are, with the types that their variables have, without running anything. Cells are given
 * in the order in which they would run. For one thread.
 */
public final class Outline implements AutoCloseable {
    private final ClassPath classPath = new ClassPath(PackageIndex.standard());
    private final SnippetLoader loader = new SnippetLoader(Outline.class.getClassLoader());
    private final JShell shell;
    private final AutoImports autoImports;
    private final Set<String> autoImported = new LinkedHashSet<>();

    /** What a part of a cell is. */
    public enum Kind {
        /** An import. */
        IMPORT,
        /** A class, interface, enum, record or annotation. */
        TYPE,
        /** A method. */
        METHOD,
        /** Variables, each of which is {@linkplain Part#declared declared}. */
        VARIABLES,
        /** An expression whose value the cell shows when it stands last. */
        VALUE,
        /** What is only carried out. */
        STATEMENT,
        /** What does not compile. */
        BROKEN
    }

    /**
     * A variable, method or type.
     *
     * @param name its name
     * @param type of a variable its type, of a method those of its parameters, of a type its kind
     */
    public record Declared(String name, String type) {}

    /**
     * A part of a cell.
     *
     * @param code its text, comments in front of it included
     * @param offset where it begins in the text of the cell
     * @param declared what it declares, in order
     * @param error why it does not compile; empty if it does
     */
    public record Part(Kind kind, String code, int offset, List<Declared> declared, String error) {
        /** Copies the list. */
        public Part {
            declared = List.copyOf(declared);
        }
    }

    /** One in which nothing is declared. */
    public Outline() {
        shell = Shells.idle(classPath);
        StartUp.LINES.forEach(shell::eval);
        autoImports = new AutoImports(new DefaultTypes(Outline.class.getClassLoader()), loader);
    }

    /** Makes jars and folders of classes visible to the cells that follow. */
    public void addToClassPath(Collection<Path> entries) {
        for (Path entry : entries) {
            Path absolute = entry.toAbsolutePath().normalize();
            if (classPath.add(absolute)) {
                Shells.addToClassPath(shell, absolute.toString());
                classPath.apply();
                try {
                    loader.add(absolute);
                } catch (IOException e) {
                    throw new MoviolaException(absolute + " cannot be read: " + e.getMessage(), e);
                }
            }
        }
    }

    /** The packages that every session imports whole, such as {@code java.util}. */
    public static List<String> packages() {
        return StartUp.LINES.stream()
                .filter(line -> !line.contains(" static "))
                .map(line -> line.substring("import ".length(), line.length() - ".*;".length()))
                .toList();
    }

    /** The full names of the types that cells have used without importing them. */
    public Set<String> autoImported() {
        return Set.copyOf(autoImported);
    }

    /** The parts of the Java of a cell, in order. */
    public List<Part> read(String code) {
        AutoImports.Change change = autoImports.before(code, shell);
        change.outdated().forEach(shell::drop);
        for (String type : change.missing()) {
            autoImported.add(type);
            for (SnippetEvent event : shell.eval("import " + type + ";")) {
                if (event.snippet() instanceof ImportSnippet snippet) {
                    autoImports.imported(snippet);
                }
            }
        }
        List<Part> parts = new ArrayList<>();
        for (CellSource.Piece piece : new CellSource(code, 1).pieces(shell::sourceCodeAnalysis)) {
            parts.add(part(piece));
        }
        return parts;
    }

    private Part part(CellSource.Piece piece) {
        Kind kind = Kind.STATEMENT;
        List<Declared> declared = new ArrayList<>();
        for (SnippetEvent event : shell.eval(piece.code())) {
            Snippet snippet = event.snippet();
            if (event.causeSnippet() != null || event.status() == Snippet.Status.OVERWRITTEN) {
                continue;
            }
            if (event.status() == Snippet.Status.REJECTED) {
                String error = shell.diagnostics(snippet)
                        .filter(Diag::isError)
                        .map(diag -> diag.getMessage(null).lines().findFirst().orElse(""))
                        .findFirst()
                        .orElse("it does not compile");
                return new Part(Kind.BROKEN, piece.code(), piece.offset(), List.of(), error);
            }
            kind = kind(snippet);
            if (snippet instanceof VarSnippet variable && kind == Kind.VARIABLES) {
                declared.add(new Declared(variable.name(), variable.typeName()));
            } else if (snippet instanceof MethodSnippet method) {
                declared.add(new Declared(method.name(), method.parameterTypes()));
            } else if (snippet instanceof TypeDeclSnippet type) {
                String word = type.subKind().name().replaceFirst("_.*", "");
                declared.add(new Declared(type.name(), word.toLowerCase(Locale.ROOT)));
            } else if (snippet instanceof ImportSnippet imported) {
                declared.add(new Declared(imported.fullname(), imported.isStatic() ? "static" : ""));
            }
        }
        return new Part(kind, piece.code(), piece.offset(), declared, "");
    }

    private static Kind kind(Snippet snippet) {
        return switch (snippet.kind()) {
            case IMPORT -> Kind.IMPORT;
            case TYPE_DECL -> Kind.TYPE;
            case METHOD -> Kind.METHOD;
            case VAR -> snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND ? Kind.VALUE : Kind.VARIABLES;
            case EXPRESSION -> snippet.subKind() == SubKind.ASSIGNMENT_SUBKIND ? Kind.STATEMENT : Kind.VALUE;
            case STATEMENT -> Kind.STATEMENT;
            case ERRONEOUS -> Kind.BROKEN;
        };
    }

    @Override
    public void close() {
        shell.close();
    }
}
