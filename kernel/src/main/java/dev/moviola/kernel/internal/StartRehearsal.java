package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Dealer;
import dev.moviola.kernel.protocol.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Starts a kernel, plays its client through a first few cells, and ends: what an archive of a start is made of. */
public final class StartRehearsal {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final List<String> CELLS = List.of(
            "1 + 1",
            "int moviola = 1 + 1",
            "System.out.println(\"moviola\"); moviola",
            "record Moviola(int frame) {}\nint twice(int x) { return 2 * x; }\nList.of(new Moviola(twice(3)))",
            "moviola +");

    private StartRehearsal() {}

    /** Rehearses; the history goes to {@code history}. */
    public static void run(Path history) {
        ConnectionFile connection = connection();
        // Left open: the process ends with the rehearsal.
        Session session = new Session(connection, history);
        session.start();
        try (Dealer client = new Dealer(connection, PATIENCE_MILLIS)) {
            ask(client, "kernel_info_request", Message.object());
            for (String cell : CELLS) {
                ask(client, "execute_request", Message.object().put("code", cell));
            }
            ask(client, "is_complete_request", Message.object().put("code", "int x = 5;"));
            ask(
                    client,
                    "complete_request",
                    Message.object().put("code", "\"abc\".").put("cursor_pos", 6));
            ask(
                    client,
                    "inspect_request",
                    Message.object().put("code", "moviola").put("cursor_pos", 3));
        }
    }

    private static void ask(Dealer client, String type, ObjectNode content) {
        client.ask(client.codec().compose(List.of(), type, Message.object(), content));
    }

    private static ConnectionFile connection() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            for (ServerSocket socket : held) {
                socket.close();
            }
            return new ConnectionFile(
                    "tcp",
                    InetAddress.getLoopbackAddress().getHostAddress(),
                    ports[0],
                    ports[1],
                    ports[2],
                    ports[3],
                    ports[4],
                    "hmac-sha256",
                    UUID.randomUUID().toString());
        } catch (IOException e) {
            throw new MoviolaException("there are no free ports to rehearse on: " + e.getMessage(), e);
        }
    }
}
