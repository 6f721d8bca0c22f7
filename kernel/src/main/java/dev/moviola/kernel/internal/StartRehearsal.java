package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Message;
import dev.moviola.kernel.protocol.MessageCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

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
        MessageCodec codec = new MessageCodec(connection);
        // Left open: the process ends with the rehearsal, and closing sockets might wait.
        Session session = new Session(connection, history);
        ZContext context = new ZContext();
        session.start();
        ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
        shell.setReceiveTimeOut(PATIENCE_MILLIS);
        shell.setLinger(0);
        shell.connect(connection.endpoint(connection.shell()));
        ask(shell, codec, "kernel_info_request", Message.object());
        for (String cell : CELLS) {
            ask(shell, codec, "execute_request", Message.object().put("code", cell));
        }
        ask(shell, codec, "is_complete_request", Message.object().put("code", "int x = 5;"));
        ask(
                shell,
                codec,
                "complete_request",
                Message.object().put("code", "\"abc\".").put("cursor_pos", 6));
        ask(
                shell,
                codec,
                "inspect_request",
                Message.object().put("code", "moviola").put("cursor_pos", 3));
    }

    private static void ask(ZMQ.Socket shell, MessageCodec codec, String type, ObjectNode content) {
        List<byte[]> frames = codec.encode(codec.compose(List.of(), type, Message.object(), content));
        for (int i = 0; i < frames.size(); i++) {
            shell.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
        do {
            if (shell.recv() == null) {
                throw new MoviolaException(
                        "the kernel must answer a " + type + " within " + PATIENCE_MILLIS / 1000 + " s, but did not");
            }
        } while (shell.hasReceiveMore());
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
