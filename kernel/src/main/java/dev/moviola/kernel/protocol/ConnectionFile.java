package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a client wants to meet the kernel, and the key with which both sign.
 *
 * @param transport {@code tcp} or {@code ipc}
 * @param ip the address to bind, or for {@code ipc} the stem of the socket files
 * @param shell port of requests
 * @param iopub port of what is broadcast
 * @param stdin port of questions to the user
 * @param control port of requests that overtake others
 * @param heartbeat port of the echo
 * @param scheme how messages are signed, such as {@code hmac-sha256}
 * @param key the shared secret; empty for unsigned messages
 */
public record ConnectionFile(
        String transport,
        String ip,
        int shell,
        int iopub,
        int stdin,
        int control,
        int heartbeat,
        String scheme,
        String key) {
    /** Checks transport and ports. */
    public ConnectionFile {
        if (!transport.equals("tcp") && !transport.equals("ipc")) {
            throw new MoviolaException("transport of a connection must be tcp or ipc, but was \"" + transport + "\"");
        }
        for (int port : new int[] {shell, iopub, stdin, control, heartbeat}) {
            if (port < 1 || port > 65_535) {
                throw new MoviolaException("ports of a connection must be in 1..65535, but one was " + port);
            }
        }
    }

    /** Reads the file that a client wrote. */
    public static ConnectionFile read(Path file) {
        try {
            JsonNode json = Json.read(Files.readAllBytes(file));
            return new ConnectionFile(
                    json.path("transport").asText("tcp"),
                    json.path("ip").asText("127.0.0.1"),
                    json.path("shell_port").asInt(),
                    json.path("iopub_port").asInt(),
                    json.path("stdin_port").asInt(),
                    json.path("control_port").asInt(),
                    json.path("hb_port").asInt(),
                    json.path("signature_scheme").asText("hmac-sha256"),
                    json.path("key").asText(""));
        } catch (IOException e) {
            throw new MoviolaException("connection file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The endpoint of one of the ports. */
    public String endpoint(int port) {
        return transport + "://" + ip + (transport.equals("tcp") ? ":" : "-") + port;
    }

    /** The name of the hash that signatures are made of, for {@link java.security.MessageDigest}. */
    String hash() {
        return scheme.replaceFirst("^hmac-", "").toUpperCase(Locale.ROOT).replaceFirst("^SHA(?=\\d)", "SHA-");
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "ConnectionFile[" + endpoint(shell) + "]";
    }
}
