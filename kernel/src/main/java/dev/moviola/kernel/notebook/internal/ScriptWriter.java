package dev.moviola.kernel.notebook.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.kernel.engine.Outline;
import dev.moviola.kernel.engine.Outline.Declared;
import dev.moviola.kernel.engine.Outline.Kind;
import dev.moviola.kernel.engine.Outline.Part;
import dev.moviola.kernel.magic.CellParts;
import dev.moviola.kernel.magic.CellParts.Command;
import dev.moviola.kernel.notebook.NotebookParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the cells of a notebook as a script, one after the other. For one thread. */
public final class ScriptWriter {
    private static final Set<String> LIBRARY_MAGICS = Set.of(
            "maven",
            "addMavenDependency",
            "addMavenDependencies",
            "mavenRepo",
            "addMavenRepo",
            "loadFromPOM",
            "dependency",
            "DEPS",
            "REPOS");
    private static final Pattern OWN = Pattern.compile("(?<![\\w.])(?:display|updateDisplay|render|clearOutput|input"
            + "|password|eval|lineMagic|cellMagic|context|comms)\\s*\\(|\\bdev\\.moviola\\.kernel\\b");
    private static final Pattern LIBRARY = Pattern.compile("\\b(?:dev\\.moviola|tech\\.tablesaw|org\\.knowm)\\.");
    private static final Pattern TYPE_NAME = Pattern.compile("(?<![\\w.$])([A-Z]\\w*)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String className;
    private final Outline outline = new Outline();
    private final ScriptLibraries libraries = new ScriptLibraries();
    private final Set<String> imports = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final StringBuilder cells = new StringBuilder();
    private final StringBuilder java = new StringBuilder();
    private final List<String> calls = new ArrayList<>();
    private final Set<String> methodNames = new LinkedHashSet<>(Set.of("main", "show"));
    private final Set<String> typeNames = new LinkedHashSet<>();
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Set<String> scope = new LinkedHashSet<>();
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private int parametersAfter = -1;
    private int parts = 1;
    private int count;
    private boolean ownMethods;

    /** A script whose class has that name. */
    public ScriptWriter(String className) {
        this.className = className;
    }

    /** What is other in the script than in the notebook. */
    public List<String> notes() {
        return notes;
    }

    /** Adds a cell of text as comments. */
    public void text(String kind, String id, List<String> tags, String text) {
        cells.append(marker("[" + kind + "] ", id, tags))
                .append(ScriptComments.of("// ", text, "    "))
                .append('\n');
    }

    private static String marker(String kind, String id, List<String> tags) {
        try {
            return "    " + ScriptComments.CELL + " " + kind + "id=" + JSON.writeValueAsString(id)
                    + (tags.isEmpty() ? "" : " tags=" + JSON.writeValueAsString(tags)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What becomes of one cell. */
    private static final class CellText {
        final StringBuilder members = new StringBuilder();
        final StringBuilder body = new StringBuilder();
        final Map<String, String> declared = new LinkedHashMap<>();
        final Set<String> scope = new LinkedHashSet<>();
    }

    /** Adds a cell of code. */
    public void code(String id, List<String> tags, String source) throws InterruptedException {
        count++;
        CellText cell = new CellText();
        List<CellParts.Part> all = CellParts.of(source.replace("\r\n", "\n"));
        for (int i = 0; i < all.size(); i++) {
            boolean last = i == all.size() - 1;
            if (all.get(i) instanceof Command command) {
                command(command, source, cell, last);
            } else if (all.get(i) instanceof CellParts.Java part) {
                java(part.code(), cell, last);
            }
        }
        if (cell.members.isEmpty() && cell.body.isEmpty()) {
            return;
        }
        if (cell.scope.stream().anyMatch(scope::contains)
                || cell.declared.entrySet().stream()
                        .anyMatch(each -> !fields.getOrDefault(each.getKey(), each.getValue())
                                .equals(each.getValue()))) {
            parts++;
            cells.append("    ").append(ScriptComments.CELL).append(" [part]\n");
            cells.append("    static class Part").append(parts).append(" {\n\n");
            notes.add("cell " + count + " declares anew what an earlier one did; from there on the new one is used, but"
                    + " earlier methods go on with the old one");
            scope.clear();
            fields.clear();
        }
        cells.append(marker("", id, tags));
        cell.declared.forEach((name, type) -> {
            if (fields.put(name, type) == null) {
                cells.append("    static ")
                        .append(type)
                        .append(' ')
                        .append(name)
                        .append(";\n");
            }
        });
        scope.addAll(cell.scope);
        cells.append(cell.members);
        if (!cell.body.isEmpty()) {
            String method = "cell" + (calls.size() + 1);
            cells.append(cell.declared.isEmpty() && cell.members.isEmpty() ? "" : "\n")
                    .append("    static void ")
                    .append(method)
                    .append("() throws Throwable {\n")
                    .append(cell.body)
                    .append("    }\n");
            String call = partPrefix() + method + "();";
            calls.add(
                    tags.contains("raises-exception")
                            ? "try { " + call + " } catch (Throwable e) { System.err.println(e); }"
                            : call);
        }
        cells.append('\n');
        if (tags.contains(NotebookParameters.TAG) && parametersAfter < 0) {
            parametersAfter = calls.size();
            cell.declared.forEach((name, type) -> parameters.put(partPrefix() + name, type));
        }
    }

    private String partPrefix() {
        StringBuilder prefix = new StringBuilder();
        for (int i = 2; i <= parts; i++) {
            prefix.append("Part").append(i).append('.');
        }
        return prefix.toString();
    }

    private void command(Command command, String source, CellText cell, boolean last) throws InterruptedException {
        boolean library = LIBRARY_MAGICS.contains(command.name());
        if (library) {
            outline.addToClassPath(libraries.take(command));
        } else if (command.name().equals("time")) {
            notes.add("cell " + count + " is not timed in the script");
            String code = command.arguments() + (command.body() == null ? "" : "\n" + command.body());
            java(code.strip(), cell, last);
        } else {
            String sign = command.body() != null ? "%%" : command.name().equals("!") ? "" : "%";
            String spelled = sign + command.name();
            notes.add("cell " + count + ": " + spelled + " has no meaning in a script; it is kept as a comment");
            String text = command.body() != null
                    ? source.strip()
                    : spelled + (sign.isEmpty() ? "" : " ") + command.arguments();
            cell.body.append(ScriptComments.of(ScriptComments.MAGIC, text.strip(), "        "));
        }
    }

    private void java(String code, CellText cell, boolean last) {
        List<Part> all = outline.read(code);
        java.append(code).append('\n');
        for (Part part : all) {
            if (part.kind() == Kind.BROKEN) {
                notes.add("cell " + count + " does not compile (" + part.error() + "); it is kept as a comment");
                cell.body.append(ScriptComments.of(ScriptComments.MAGIC, code.strip(), "        "));
                return;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Part part = all.get(i);
            int end = i + 1 < all.size() ? boundary(code, all.get(i + 1).offset()) : code.length();
            String text = code.substring(boundary(code, part.offset()), end).strip();
            add(part, text, cell, last && i == all.size() - 1);
        }
    }

    /** A comment at the end of a line belongs to what stands before it. */
    private static int boundary(String code, int offset) {
        int lineStart = code.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
        boolean tail = offset > 0
                && code.startsWith("//", offset)
                && !code.substring(lineStart, offset).isBlank();
        int line = code.indexOf('\n', offset);
        return tail && line >= 0 ? line + 1 : offset;
    }

    private void add(Part part, String text, CellText cell, boolean shown) {
        switch (part.kind()) {
            case IMPORT ->
                imports.addAll(text.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("import "))
                        .toList());
            case TYPE -> {
                String name = part.declared().get(0).name();
                typeNames.add(name);
                cell.scope.add("type " + name);
                boolean needed = part.declared().get(0).type().equals("class");
                cell.members.append('\n').append(indent(needed ? ScriptText.makeStatic(text) : text, "    "));
            }
            case METHOD -> {
                Declared method = part.declared().get(0);
                methodNames.add(method.name());
                cell.scope.add("method " + method.name() + "(" + method.type() + ")");
                cell.members.append('\n').append(indent(ScriptText.makeStatic(text), "    "));
            }
            case VARIABLES -> variables(part, text, cell);
            case VALUE -> {
                if (shown) {
                    cell.body.append(indent(ScriptText.wrapped("show(", text, ");"), "        "));
                } else if (ScriptText.carriedOut(text)) {
                    cell.body.append(indent(ScriptText.wrapped("", text, ";"), "        "));
                } else {
                    cell.body.append(
                            indent(ScriptText.wrapped("java.util.Optional.ofNullable(", text, ");"), "        "));
                }
            }
            default -> cell.body.append(indent(ScriptText.statement(text), "        "));
        }
    }

    private void variables(Part part, String text, CellText cell) {
        List<ScriptText.Assignment> assignments = ScriptText.assignments(text);
        String comment = ScriptText.leadingComment(text);
        if (!comment.isEmpty()) {
            cell.body.append(indent(comment, "        "));
        }
        for (int i = 0; i < part.declared().size(); i++) {
            Declared variable = part.declared().get(i);
            boolean again = fields.containsKey(variable.name()) || cell.declared.containsKey(variable.name());
            cell.declared.put(variable.name(), variable.type());
            String value = i < assignments.size() ? assignments.get(i).value() : null;
            if (value == null && again) {
                value = ScriptText.standard(variable.type());
            }
            if (value != null) {
                String whole = value.startsWith("{") ? "new " + variable.type() + " " + value : value;
                cell.body.append(indent(variable.name() + " = " + whole + ";", "        "));
            }
        }
    }

    private static String indent(String text, String by) {
        return text.lines()
                .map(line -> line.isBlank() ? "\n" : by + line + "\n")
                .collect(Collectors.joining());
    }

    /** The whole script. */
    public String finish() {
        StringBuilder script = new StringBuilder("///usr/bin/env jbang \"$0\" \"$@\" ; exit $?\n//JAVA 17+\n");
        try (outline;
                libraries) {
            String code = java.toString();
            ownMethods = OWN.matcher(code).find();
            boolean library = ownMethods
                    || !outline.autoImported().isEmpty()
                    || LIBRARY.matcher(code).find();
            directives(script, library);
            script.append('\n');
            Set<String> sorted = new TreeSet<>(imports);
            outline.autoImported().forEach(type -> sorted.add("import " + type + ";"));
            standardImports(code).forEach(sorted::add);
            if (ownMethods) {
                sorted.add("import static dev.moviola.kernel.Notebook.*;");
            }
            sorted.forEach(line -> script.append(line).append('\n'));
            String name = typeNames.contains(className) ? className + "Script" : className;
            script.append(sorted.isEmpty() ? "" : "\n")
                    .append("class ")
                    .append(name)
                    .append(" {\n");
            script.append(new ScriptMain(calls, parameters, parametersAfter, library).text());
            script.append('\n').append(cells.toString().stripTrailing()).append("\n");
            script.append("}\n".repeat(parts));
        }
        return script.toString();
    }

    private void directives(StringBuilder script, boolean library) {
        Set<String> repositories = new LinkedHashSet<>(libraries.repositories());
        Set<String> words = new LinkedHashSet<>(libraries.libraries());
        if (library) {
            repositories.add("mavenlocal");
            words.add("dev.moviola:moviola" + (ownMethods ? "-kernel:" : ":") + version());
        }
        if (!repositories.isEmpty()) {
            repositories.add("mavencentral");
            script.append("//REPOS ").append(String.join(",", repositories)).append('\n');
        }
        words.forEach(word -> script.append("//DEPS ").append(word).append('\n'));
    }

    private static String version() {
        String version = ScriptWriter.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0-SNAPSHOT" : version;
    }

    private Set<String> standardImports(String code) {
        Set<String> names = new LinkedHashSet<>();
        TYPE_NAME.matcher(code + fields.values()).results().forEach(found -> names.add(found.group(1)));
        names.removeAll(typeNames);
        Set<String> needed = new TreeSet<>();
        for (String home : Outline.packages()) {
            for (String name : names) {
                if (ClassLoader.getPlatformClassLoader().getResource(home.replace('.', '/') + "/" + name + ".class")
                        != null) {
                    needed.add("import " + home + ".*;");
                }
            }
        }
        return needed;
    }
}
