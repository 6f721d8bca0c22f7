package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The kernel's end of the five sockets. Each has its own thread and blocks when it has nothing to do.
 *
 * <p>Nothing that is published is dropped: when a client reads more slowly than a cell writes, the cell waits. Messages
 * that cannot be trusted are logged and otherwise ignored. Safe for use by many threads.
 */
public final class Transport implements AutoCloseable {
    private static final int UNSENT_BROADCASTS = 64;
    // What tells of requests must not wait for the output of cells, or a cell could not be interrupted.
    private static final int UNSENT_NOTICES = 10_000;
    private static final Set<String> NOTICES = Set.of("status", "shutdown_reply");
    private static final int CLOSING_MILLIS = 250;

    private final MessageCodec codec;
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final Channel iopub;
    private final Channel heartbeat;

    /** What to do with a request; called on the socket's own thread, so it must return soon. */
    public interface Handler {
        /** A request from {@code channel}. */
        void received(Route channel, Message message);
    }

    /** The sockets on which requests come in. */
    public enum Route {
        /** Requests of every kind. */
        SHELL,
        /** Requests that do not wait for running cells. */
        CONTROL,
        /** Answers to the kernel's questions. */
        STDIN
    }

    /** Binds all sockets. Nothing is received before {@link #start}. */
    public Transport(ConnectionFile connection, Handler handler) {
        codec = new MessageCodec(connection);
        shell = router(connection, connection.shell(), Route.SHELL, handler);
        control = router(connection, connection.control(), Route.CONTROL, handler);
        stdin = router(connection, connection.stdin(), Route.STDIN, handler);
        iopub = new Channel(
                Channel.Kind.XPUB, connection, connection.iopub(), "iopub", UNSENT_BROADCASTS, this::welcome);
        heartbeat = new Channel(
                Channel.Kind.REP,
                connection,
                connection.heartbeat(),
                "heartbeat",
                Integer.MAX_VALUE,
                (peer, frames) -> peer.send(Wire.message(frames), Integer.MAX_VALUE));
    }

    private Channel router(ConnectionFile connection, int port, Route route, Handler handler) {
        return new Channel(Channel.Kind.ROUTER, connection, port, route.name(), Integer.MAX_VALUE, (peer, frames) -> {
            try {
                List<byte[]> routed = new ArrayList<>(frames.size() + 1);
                routed.add(peer.identity().getBytes(StandardCharsets.ISO_8859_1));
                routed.addAll(frames);
                handler.received(route, codec.decode(routed));
            } catch (BadMessageException e) {
                KernelLog.warn(Transport.class, route + ": " + e.getMessage(), null);
            } catch (RuntimeException | StackOverflowError e) {
                KernelLog.warn(Transport.class, "a message on " + route + " could not be handled", e);
            }
        });
    }

    /** Begins to receive. */
    public void start() {
        channels().forEach(Channel::start);
    }

    private List<Channel> channels() {
        return List.of(iopub, shell, control, stdin, heartbeat);
    }

    /** Answers {@code request}, which came in on {@code route}. */
    public void reply(Route route, Message request, String type, ObjectNode content) {
        Channel channel =
                switch (route) {
                    case SHELL -> shell;
                    case CONTROL -> control;
                    case STDIN -> stdin;
                };
        channel.send(codec.encode(codec.compose(request.identities(), type, request.header(), content)));
    }

    /** Tells all clients; waits while the slowest of them is far behind. */
    public void publish(String type, ObjectNode parent, ObjectNode content) {
        publish(type, parent, content, Message.object(), List.of());
    }

    /** Tells all clients, with metadata and binary attachments. */
    public void publish(String type, ObjectNode parent, ObjectNode content, ObjectNode metadata, List<byte[]> buffers) {
        byte[] topic = ("kernel." + type).getBytes(StandardCharsets.UTF_8);
        Message plain = codec.compose(List.of(topic), type, parent, content);
        List<byte[]> frames = codec.encode(
                new Message(plain.identities(), plain.header(), plain.parent(), metadata, content, buffers));
        iopub.send(frames, NOTICES.contains(type) ? UNSENT_NOTICES : UNSENT_BROADCASTS);
    }

    private void welcome(Peer subscriber, List<byte[]> topic) {
        ObjectNode content = Message.object().put("subscription", new String(topic.get(0), StandardCharsets.UTF_8));
        List<byte[]> frames = codec.encode(codec.compose(topic, "iopub_welcome", Message.object(), content));
        subscriber.send(Wire.message(frames), Integer.MAX_VALUE);
    }

    /**
     * Sends what is queued, for a quarter of a second on each socket, and unbinds. Each thread is told to end and closes
     * its own connections.
     */
    @Override
    public void close() {
        try {
            for (Channel channel : channels()) {
                channel.close(CLOSING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
