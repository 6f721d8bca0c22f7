package dev.moviola.rehearsal.internal.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is done with a connection in answer to a request. */
public sealed interface HttpReply {
    /** A whole answer. */
    record Body(int status, Map<String, String> headers, byte[] bytes) implements HttpReply {}

    /**
     * A file.
     *
     * @param ending how its sending ends
     */
    record FileBody(Path file, String mediaType, Ending ending) implements HttpReply {}

    /** The connection is reset. */
    record Reset() implements HttpReply {}

    /** Nothing is answered for that long, then the connection is closed. */
    record Silence(Duration time) implements HttpReply {}

    /** How the sending of a file ends. */
    enum Ending {
        /** With its last byte. */
        WHOLE,
        /** Half way, by closing the connection. */
        CLOSED_HALF_WAY,
        /** Half way, by a reset. */
        RESET_HALF_WAY
    }

    /** JSON text. */
    static Body json(int status, String text) {
        return new Body(status, Map.of("Content-Type", "application/json"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** This answer with one more header. */
    static Body with(Body body, String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(body.headers());
        headers.put(name, value);
        return new Body(body.status(), headers, body.bytes());
    }
}
