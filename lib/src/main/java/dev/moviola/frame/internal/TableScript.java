package dev.moviola.frame.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.moviola.display.PageLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The script that lets the pages of a table be turned and sorted.
 *
 * @param attributes of the element that holds the table, with a space in front
 * @param element the script element
 */
record TableScript(String attributes, String element) {
    static final TableScript NONE = new TableScript("", "");
    static final String STYLE = "<style>" + resource("table.css") + "</style>";

    /** About so many characters of rows are sent at most, except that the first page always is. */
    private static final int CHARACTERS = 200_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = resource("table.js");

    /**
     * The script of a table.
     *
     * @param total how many rows it has
     * @param page how many of them are on a page
     * @param note says what the table is, whichever page is shown
     * @param line where further rows can be had; null for nowhere
     */
    static TableScript of(
            List<ColumnLook> looks, TableRows rows, int total, int page, String note, @Nullable PageLine line) {
        List<Map<String, Object>> columns = new ArrayList<>();
        if (rows.hasPictures()) {
            columns.add(Map.of("picture", true));
        }
        for (ColumnLook look : looks) {
            Map<String, Object> column = new LinkedHashMap<>();
            if (look.number()) {
                column.put("number", true);
            }
            if (look.full() > 0) {
                column.put("full", look.full());
            }
            columns.add(column);
        }
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("columns", columns);
        head.put("total", total);
        head.put("page", page);
        head.put("note", note);
        if (line != null) {
            head.put("line", Map.of("kernel", line.kernel(), "target", line.target(), "id", line.id()));
        }
        String data = json(head);
        data = data.substring(0, data.length() - 1) + ",\"rows\":[" + sent(rows, total, page) + "]";
        String id = hash(data);
        // Jupyter's shortcuts would take the keys away from the buttons.
        return new TableScript(
                " data-moviola-table=\"" + id + "\" data-lm-suppress-shortcuts=\"true\"",
                "<script>" + SCRIPT + "(" + data + ",\"id\":\"" + id + "\"});</script>");
    }

    private static String sent(TableRows rows, int total, int page) {
        StringBuilder sent = new StringBuilder();
        for (int row = 0; row < Math.min(total, Math.max(page, TablePage.KEPT)); row++) {
            String cells = json(rows.cells(row, row < page));
            if (row >= page && sent.length() + cells.length() > CHARACTERS) {
                break;
            }
            sent.append(row == 0 ? "" : ",").append(cells);
        }
        return sent.toString();
    }

    // No text of a table can end the script or open a comment in it.
    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written", e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = TableScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
