package dev.moviola.kernel.engine;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.TypeDeclSnippet;

/**
 * Imports a type of the libraries that are always there when a cell first names it. A type of that name that the user
 * declares or imports, also with a star, is taken instead. That is cheaper than imports at the start, and makes no name
 * ambiguous.
 */
final class AutoImports {
    // Possessive, since a backtracking group would need the stack for each character of a long text.
    private static final Pattern OPAQUE = Pattern.compile(
            "\"\"\"(?:[^\\\\\"]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:[^\"\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\n]++|\\\\.)*+'|//[^\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("(?<![\\w.$])([A-Z]\\w*)");
    private static final Pattern DECLARED = Pattern.compile("\\b(?:class|interface|record|enum)\\s+(\\w+)");
    private static final Pattern IMPORTED = Pattern.compile("\\bimport\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");

    private final DefaultTypes types;
    private final ClassLoader loader;
    private final Map<String, ImportSnippet> ours = new LinkedHashMap<>();

    AutoImports(DefaultTypes types, ClassLoader loader) {
        this.types = types;
        this.loader = loader;
    }

    /** The types that {@code cell} declares. */
    static Set<String> declared(String cell) {
        return all(DECLARED, OPAQUE.matcher(cell).replaceAll(" "));
    }

    /** What has to change before a cell runs. */
    record Change(List<ImportSnippet> outdated, List<String> missing) {}

    Change before(String cell, JShell shell) {
        String code = OPAQUE.matcher(cell).replaceAll(" ");
        Set<String> candidates = all(NAME, code);
        candidates.addAll(ours.keySet());
        candidates.removeIf(name -> types.find(name) == null);
        if (candidates.isEmpty()) {
            return new Change(List.of(), List.of());
        }
        Set<String> taken = all(DECLARED, code);
        shell.snippets()
                .filter(snippet -> snippet instanceof TypeDeclSnippet
                        && shell.status(snippet).isActive())
                .forEach(snippet -> taken.add(((TypeDeclSnippet) snippet).name()));
        Set<String> imports = all(IMPORTED, code);
        shell.imports().filter(each -> !ours.containsValue(each)).forEach(each -> imports.add(each.fullname()));
        imports.add("java.lang.*");
        Set<String> wanted = candidates.stream()
                .filter(name -> !taken.contains(name) && imports.stream().noneMatch(each -> offers(each, name)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<ImportSnippet> outdated = ours.entrySet().stream()
                .filter(each -> !wanted.contains(each.getKey()))
                .filter(each -> !imports.contains(each.getValue().fullname()))
                .map(Map.Entry::getValue)
                .toList();
        ours.keySet().removeIf(name -> !wanted.contains(name));
        wanted.removeAll(ours.keySet());
        return new Change(outdated, wanted.stream().map(types::find).toList());
    }

    void imported(ImportSnippet snippet) {
        ours.put(snippet.name(), snippet);
    }

    /** Forgets what was imported. */
    void clear() {
        ours.clear();
    }

    private boolean offers(String imported, String name) {
        if (!imported.endsWith("*")) {
            return imported.endsWith("." + name);
        }
        String home = imported.substring(0, imported.length() - 2).replace('.', '/');
        return loader.getResource(home + "/" + name + ".class") != null
                || loader.getResource(home + "$" + name + ".class") != null;
    }

    private static Set<String> all(Pattern pattern, String code) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = pattern.matcher(code);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
