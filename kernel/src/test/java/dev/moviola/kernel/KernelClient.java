package dev.moviola.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.internal.Session;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.Message;
import dev.moviola.kernel.protocol.MessageCodec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A client of our own with a kernel of its own, over real sockets. */
public final class KernelClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final int WELCOME_MILLIS = 3_000;

    private final ConnectionFile connection;
    private final @Nullable Session session;
    private final MessageCodec codec;
    private final ZContext context = new ZContext();
    private final List<ZContext> contexts = new ArrayList<>(List.of(context));
    private final ZMQ.Socket shell;
    private final ZMQ.Socket control;
    private final ZMQ.Socket stdin;
    private final ZMQ.Socket iopub;

    /** What a cell gave. */
    public record Executed(ObjectNode reply, List<Message> shown) {
        public String status() {
            return reply.path("status").asText();
        }

        public String printed(String stream) {
            return shown.stream()
                    .filter(m -> m.type().equals("stream")
                            && m.content().path("name").asText().equals(stream))
                    .map(m -> m.content().path("text").asText())
                    .collect(Collectors.joining());
        }

        public List<String> types() {
            return shown.stream().map(Message::type).collect(Collectors.toList());
        }

        public String result() {
            return shown.stream()
                    .filter(m -> m.type().equals("execute_result"))
                    .map(m -> m.content().path("data").path("text/plain").asText())
                    .collect(Collectors.joining());
        }

        public String traceback() {
            List<String> lines = new ArrayList<>();
            reply.path("traceback").forEach(line -> lines.add(line.asText()));
            return String.join("\n", lines);
        }
    }

    /** With a kernel in this process. */
    public KernelClient(Path folder) {
        this(freePorts(), folder);
    }

    private KernelClient(ConnectionFile connection, Path folder) {
        this(connection, new Session(connection, folder.resolve("history.jsonl")));
    }

    /** With a kernel that is, or will be, at that connection. */
    public KernelClient(ConnectionFile connection) {
        this(connection, (Session) null);
    }

    /** With a kernel at that connection that says no welcome, as those of before protocol 5.5. */
    static KernelClient withoutWelcome(ConnectionFile connection) {
        KernelClient client = new KernelClient(connection, null, false);
        // What was published before the subscription arrived is lost: ask until something comes.
        client.iopub.setReceiveTimeOut(200);
        do {
            client.ask("kernel_info_request", Message.object());
        } while (client.iopub.recv() == null);
        while (client.iopub.hasReceiveMore()) {
            client.iopub.recv();
        }
        client.iopub.setReceiveTimeOut(PATIENCE_MILLIS);
        return client;
    }

    private KernelClient(ConnectionFile connection, @Nullable Session session) {
        this(connection, session, true);
    }

    private KernelClient(ConnectionFile connection, @Nullable Session session, boolean welcome) {
        this.connection = connection;
        this.session = session;
        codec = new MessageCodec(connection);
        shell = socket(SocketType.DEALER, connection.shell());
        control = socket(SocketType.DEALER, connection.control());
        stdin = socket(SocketType.DEALER, connection.stdin());
        ZMQ.Socket subscribed = subscribed();
        if (session != null) {
            session.start();
        }
        for (int again = PATIENCE_MILLIS / WELCOME_MILLIS; welcome && !welcomed(subscribed); again--) {
            if (again == 0) {
                throw new AssertionError("no welcome came from the kernel");
            }
            subscribed.close();
            subscribed = subscribed();
        }
        subscribed.setReceiveTimeOut(PATIENCE_MILLIS);
        iopub = subscribed;
    }

    // Once in some hundred times JeroMQ is connected and does not know it: only a new context helps then.
    private ZMQ.Socket subscribed() {
        ZContext own = new ZContext();
        contexts.add(own);
        ZMQ.Socket socket = own.createSocket(SocketType.SUB);
        socket.setReceiveTimeOut(WELCOME_MILLIS);
        socket.subscribe("");
        socket.connect(connection.endpoint(connection.iopub()));
        return socket;
    }

    private boolean welcomed(ZMQ.Socket socket) {
        List<byte[]> frames = frames(socket);
        while (!frames.isEmpty() && !codec.decode(frames).type().equals("iopub_welcome")) {
            frames = frames(socket);
        }
        return !frames.isEmpty();
    }

    private ZMQ.Socket socket(SocketType type, int port) {
        ZMQ.Socket socket = context.createSocket(type);
        socket.setIdentity("client".getBytes(StandardCharsets.UTF_8));
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.connect(connection.endpoint(port));
        return socket;
    }

    /** A connection on ports of this machine that nobody uses now. */
    public static ConnectionFile freePorts() {
        int[] ports = new int[5];
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < ports.length; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[i] = held.get(i).getLocalPort();
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new ConnectionFile(
                "tcp", "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], "hmac-sha256", "a key");
    }

    public Session session() {
        return Objects.requireNonNull(session, "the kernel runs in another process");
    }

    public Message broadcast() {
        return receive(iopub);
    }

    public Message shellReply() {
        return receive(shell);
    }

    private Message receive(ZMQ.Socket socket) {
        List<byte[]> frames = frames(socket);
        if (frames.isEmpty()) {
            throw new AssertionError("nothing came from the kernel");
        }
        return codec.decode(frames);
    }

    /** The next message; no frames when none comes in time. */
    private static List<byte[]> frames(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                return List.of();
            }
            frames.add(frame);
        } while (socket.hasReceiveMore());
        return frames;
    }

    public Message request(String type, ObjectNode content) {
        return codec.compose(List.of(), type, Message.object(), content);
    }

    public void sendShell(Message message) {
        sendFrames(codec.encode(message));
    }

    public void sendFrames(List<byte[]> frames) {
        send(shell, frames);
    }

    public List<byte[]> frames(Message message) {
        return codec.encode(message);
    }

    private static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
        }
    }

    public ObjectNode ask(String type, ObjectNode content) {
        sendShell(request(type, content));
        return shellReply().content();
    }

    public ObjectNode askControl(String type, ObjectNode content) {
        send(control, codec.encode(request(type, content)));
        return receive(control).content();
    }

    public Message question() {
        return receive(stdin);
    }

    public void answer(Message question, String value) {
        send(
                stdin,
                codec.encode(codec.compose(
                        List.of(),
                        "input_reply",
                        question.header(),
                        Message.object().put("value", value))));
    }

    public Message submit(String code) {
        Message request = request("execute_request", Message.object().put("code", code));
        sendShell(request);
        return request;
    }

    public Executed execute(String code) {
        return await(submit(code));
    }

    public Executed execute(ObjectNode content) {
        Message request = request("execute_request", content);
        sendShell(request);
        return await(request);
    }

    /** Reads what a request gave, up to its idle state and its reply. */
    public Executed await(Message request) {
        List<Message> shown = new ArrayList<>();
        while (true) {
            Message message = broadcast();
            if (message.parent().path("msg_id").asText().equals(request.id())) {
                if (message.content().path("execution_state").asText().equals("idle")) {
                    break;
                }
                if (!message.type().equals("status")) {
                    shown.add(message);
                }
            }
        }
        return new Executed(shellReply().content(), shown);
    }

    public byte[] heartbeat(byte[] ping) {
        ZMQ.Socket socket = socket(SocketType.REQ, connection.heartbeat());
        socket.send(ping);
        return socket.recv();
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
        contexts.forEach(ZContext::close);
    }
}
