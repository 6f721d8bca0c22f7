package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Json;
import dev.moviola.kernel.protocol.KernelLog;
import dev.moviola.kernel.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the user ran, in this session and before: one JSON line per cell in a file of the user. Without the file there is
 * only this session. Safe for use by many threads; several kernels may write to one file.
 */
final class History {
    private static final int REMEMBERED = 20_000;

    private static final Pattern SESSION = Pattern.compile("\\{\"session\":(\\d{1,9}),.*");

    private final Path file;
    private final List<Entry> ours = new ArrayList<>();
    private final List<Entry> earlier = new ArrayList<>();
    private List<String> unread = List.of();
    private boolean loaded;
    private int session = 1;

    /** One cell that was run. */
    record Entry(int session, int line, String source) {}

    /** What is in {@code file} is read when it is first needed. */
    History(Path file) {
        this.file = file;
    }

    private void load() {
        if (loaded) {
            return;
        }
        loaded = true;
        try {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                session = lines.stream().mapToInt(History::session).max().orElse(0) + 1;
                unread = lines.subList(Math.max(0, lines.size() - REMEMBERED), lines.size());
            }
        } catch (IOException e) {
            KernelLog.warn(History.class, "history " + file + " cannot be read; this session starts without it", e);
        }
    }

    private static int session(String line) {
        Matcher begins = SESSION.matcher(line);
        return begins.matches() ? Integer.parseInt(begins.group(1)) : 0;
    }

    private List<Entry> entries() {
        load();
        unread.forEach(this::read);
        unread = List.of();
        List<Entry> all = new ArrayList<>(earlier);
        all.addAll(ours);
        return all;
    }

    private void read(String line) {
        try {
            JsonNode json = Json.read(line.getBytes(StandardCharsets.UTF_8));
            earlier.add(new Entry(
                    json.path("session").asInt(),
                    json.path("line").asInt(),
                    json.path("source").asText()));
        } catch (IOException e) {
            KernelLog.debug(History.class, "a line of the history was cut off", e);
        }
    }

    synchronized void add(int line, String source) {
        load();
        ours.add(new Entry(session, line, source));
        byte[] json = Json.write(
                Message.object().put("session", session).put("line", line).put("source", source));
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            byte[] whole = Arrays.copyOf(json, json.length + 1);
            whole[json.length] = '\n';
            Files.write(file, whole, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            KernelLog.debug(History.class, "history " + file + " cannot be written", e);
        }
    }

    /** The {@code history} of a reply to {@code request}. */
    synchronized ArrayNode answer(ObjectNode request) {
        List<Entry> entries = entries();
        List<Entry> found =
                switch (request.path("hist_access_type").asText("tail")) {
                    case "range" -> range(entries, request);
                    case "search" -> search(entries, request);
                    default -> last(entries, request.path("n").asInt(entries.size()));
                };
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        boolean output = request.path("output").asBoolean();
        for (Entry entry : found) {
            ArrayNode row = answer.addArray().add(entry.session()).add(entry.line());
            if (output) {
                row.addArray().add(entry.source()).addNull();
            } else {
                row.add(entry.source());
            }
        }
        return answer;
    }

    private List<Entry> range(List<Entry> entries, ObjectNode request) {
        int asked = request.path("session").asInt();
        int of = asked <= 0 ? session + asked : asked;
        int start = request.path("start").asInt(0);
        int stop = request.path("stop").isNumber() ? request.path("stop").asInt() : Integer.MAX_VALUE;
        return entries.stream()
                .filter(entry -> entry.session() == of && entry.line() >= start && entry.line() < stop)
                .toList();
    }

    private static List<Entry> search(List<Entry> entries, ObjectNode request) {
        String glob = request.path("pattern").asText("*");
        Pattern pattern = Pattern.compile(
                Stream.of(glob.split("(?<=[*?])|(?=[*?])"))
                        .map(part -> part.equals("*") ? ".*" : part.equals("?") ? "." : Pattern.quote(part))
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
        List<Entry> found = new ArrayList<>();
        for (Entry entry : entries) {
            if (pattern.matcher(entry.source()).matches()) {
                if (request.path("unique").asBoolean()) {
                    found.removeIf(other -> other.source().equals(entry.source()));
                }
                found.add(entry);
            }
        }
        return last(found, request.path("n").asInt(found.size()));
    }

    private static List<Entry> last(List<Entry> of, int count) {
        return of.subList(Math.max(0, of.size() - Math.max(0, count)), of.size());
    }
}
