package dev.moviola.rehearsal.internal.http;

import java.util.Map;

/**
 * A request as it came.
 *
 * @param method such as {@code GET}
 * @param path without the query
 * @param headers by name in lower case
 * @param body possibly empty
 */
public record HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
    /** The value of a header, or nothing. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
