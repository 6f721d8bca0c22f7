package dev.moviola.kernel.notebook.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import dev.moviola.kernel.engine.Outline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a script into cells. */
public final class ScriptReader {
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^//([A-Z_]+)[ \\t]+(.*)$");
    private static final Pattern MARKER =
            Pattern.compile("(?m)^[ \\t]*// %%(?: \\[(\\w+)])?(?: id=(\"[^\"]*\"))?(?: tags=(\\[.*]))?[ \\t]*\\n");
    private static final Pattern CELL_METHOD = Pattern.compile("cell\\d+");
    private static final Pattern PART = Pattern.compile("Part\\d+");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final ParsedJava parsed;
    private final List<Cell> cells = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * A cell.
     *
     * @param kind {@code code}, {@code markdown} or {@code raw}
     * @param id empty if the script does not say
     */
    public record Cell(String kind, String id, List<String> tags, String source) {
        /** Copies the list. */
        public Cell {
            tags = List.copyOf(tags);
        }
    }

    private record Region(String kind, String id, List<String> tags, int from, int to) {
        boolean holds(int position) {
            return from <= position && position < to;
        }
    }

    private ScriptReader(String name, String text) {
        this.text = text;
        parsed = ParsedJava.file(name, text);
    }

    /** Reads a script; {@code name} is for messages. */
    public static ScriptReader read(String name, String text) {
        ScriptReader reader = new ScriptReader(name, text);
        reader.head();
        List<Region> regions = reader.regions();
        if (regions.isEmpty()) {
            reader.types();
        } else {
            List<Tree> members = new ArrayList<>();
            reader.parsed.unit().getTypeDecls().forEach(type -> collect(type, members));
            regions.forEach(region -> reader.cell(region, members));
        }
        return reader;
    }

    /** Its cells in order. */
    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    /** What is other in the notebook than in the script. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    private void head() {
        List<String> lines = new ArrayList<>();
        for (MatchResult found : DIRECTIVE.matcher(text).results().toList()) {
            String words = found.group(2).strip();
            switch (found.group(1)) {
                case "DEPS" -> {
                    String others = Stream.of(words.split("[\\s,]+"))
                            .filter(word -> !word.matches("dev\\.moviola:moviola(-kernel)?:.*"))
                            .collect(Collectors.joining(" "));
                    lines.add(others.isEmpty() ? "" : "//DEPS " + others);
                }
                case "REPOS" -> {
                    boolean usual =
                            Stream.of(words.split("[\\s,]+")).allMatch(word -> word.matches("mavenlocal|mavencentral"));
                    lines.add(usual ? "" : "//REPOS " + words);
                }
                case "JAVA" -> {
                    // the kernel has a Java already
                }
                default -> notes.add("//" + found.group(1) + " " + words + " has no meaning in a notebook");
            }
        }
        for (ImportTree each : parsed.unit().getImports()) {
            String line = parsed.text(each).strip();
            boolean there = line.equals("import static dev.moviola.kernel.Notebook.*;")
                    || Outline.packages().stream().anyMatch(home -> line.equals("import " + home + ".*;"));
            lines.add(there ? "" : line);
        }
        lines.removeIf(String::isEmpty);
        if (!lines.isEmpty()) {
            cells.add(new Cell("code", "", List.of(), String.join("\n", lines)));
        }
    }

    private List<Region> regions() {
        List<MatchResult> markers = MARKER.matcher(text).results().toList();
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < markers.size(); i++) {
            MatchResult marker = markers.get(i);
            String kind = marker.group(1) == null ? "code" : marker.group(1);
            int to = i + 1 < markers.size() ? markers.get(i + 1).start() : text.length();
            try {
                String id = marker.group(2) == null ? "" : JSON.readValue(marker.group(2), String.class);
                List<String> tags =
                        marker.group(3) == null ? List.of() : List.of(JSON.readValue(marker.group(3), String[].class));
                regions.add(new Region(kind, id, tags, marker.end(), to));
            } catch (JsonProcessingException e) {
                regions.add(new Region(kind, "", List.of(), marker.end(), to));
            }
        }
        return regions;
    }

    private static void collect(Tree tree, List<Tree> into) {
        if (tree instanceof ClassTree type) {
            for (Tree member : type.getMembers()) {
                if (member instanceof ClassTree nested
                        && PART.matcher(nested.getSimpleName()).matches()) {
                    collect(nested, into);
                } else {
                    into.add(member);
                }
            }
        }
    }

    private void cell(Region region, List<Tree> all) {
        switch (region.kind()) {
            case "markdown", "raw" -> {
                String comments = text.substring(region.from(), region.to())
                        .lines()
                        .map(String::strip)
                        .takeWhile(line -> line.startsWith("//"))
                        .map(line -> ScriptComments.unescape(
                                line.substring(Math.min(line.length(), 2)).replaceFirst("^ ", "")))
                        .collect(Collectors.joining("\n"));
                cells.add(new Cell(region.kind(), region.id(), region.tags(), comments));
            }
            case "script", "part" -> {
                // holds no cell
            }
            default -> {
                List<Tree> members = all.stream()
                        .filter(each -> region.holds(parsed.start(each)))
                        .toList();
                cells.add(new Cell("code", region.id(), region.tags(), code(region, members)));
            }
        }
    }

    private String code(Region region, List<Tree> members) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> pieces = new ArrayList<>();
        String body = "";
        int from = region.from();
        for (Tree member : members) {
            int end = parsed.end(member);
            if (member instanceof VariableTree field && field.getInitializer() == null) {
                fields.put(field.getName().toString(), parsed.text(field.getType()));
            } else if (member instanceof MethodTree method
                    && CELL_METHOD.matcher(method.getName()).matches()) {
                body = new ScriptBody(parsed, method, fields).cell();
            } else {
                String whole = dedent(text.substring(from, end).stripTrailing());
                pieces.add(whole.replaceFirst("(?m)^static (?!\\{)", "").strip());
            }
            from = end;
        }
        fields.forEach((name, type) -> pieces.add(0, type + " " + name + ";"));
        if (!body.isBlank()) {
            pieces.add(body);
        }
        return String.join("\n\n", pieces);
    }

    /** Without the blanks that all lines begin with. */
    static String dedent(String code) {
        int by = code.lines()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return Arrays.stream(code.split("\n", -1))
                .map(line -> line.isBlank() ? "" : line.substring(by))
                .collect(Collectors.joining("\n"));
    }

    private void types() {
        String main = null;
        int from =
                parsed.unit().getImports().stream().mapToInt(parsed::end).max().orElse(-1);
        for (Tree type : parsed.unit().getTypeDecls()) {
            if (!(type instanceof ClassTree declared)) {
                continue;
            }
            String whole = text.substring(from < 0 ? parsed.start(type) : from, parsed.end(type))
                    .strip();
            from = parsed.end(type);
            cells.add(new Cell("code", "", List.of(), withoutDirectives(whole)));
            boolean starts = declared.getMembers().stream()
                    .anyMatch(member -> member instanceof MethodTree method
                            && method.getName().contentEquals("main"));
            main = main == null && starts ? declared.getSimpleName().toString() : main;
        }
        if (main != null) {
            cells.add(new Cell("code", "", List.of(), main + ".main(new String[0]);"));
        }
    }

    private static String withoutDirectives(String code) {
        Matcher matcher = Pattern.compile("(?m)^//[A-Z_]+[ \\t]+.*\\n").matcher(code);
        return matcher.replaceAll("");
    }
}
