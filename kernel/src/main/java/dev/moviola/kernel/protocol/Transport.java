package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The kernel's end of the five sockets. Each has its own thread and blocks when it has nothing to do.
 *
 * <p>Nothing that is published is dropped: when a client reads more slowly than a cell writes, the cell waits. Messages
 * that cannot be trusted are logged and otherwise ignored. Safe for use by many threads.
 */
public final class Transport implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Transport.class.getName());
    private static final int UNSENT_BROADCASTS = 64;
    private static final long CLOSING_MILLIS = 2_000;

    private final ZMQ.Context context = ZMQ.context(1);
    private final MessageCodec codec;
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final Channel iopub;
    private final ZMQ.Socket echo;
    private final Thread heartbeat;

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
        shell = router(connection.endpoint(connection.shell()), Route.SHELL, handler);
        control = router(connection.endpoint(connection.control()), Route.CONTROL, handler);
        stdin = router(connection.endpoint(connection.stdin()), Route.STDIN, handler);
        iopub = new Channel(
                context,
                SocketType.XPUB,
                connection.endpoint(connection.iopub()),
                "iopub",
                new ArrayBlockingQueue<>(UNSENT_BROADCASTS),
                this::welcome);
        echo = context.socket(SocketType.REP);
        echo.setLinger(0);
        echo.bind(connection.endpoint(connection.heartbeat()));
        heartbeat = new Thread(null, this::beat, "moviola-heartbeat");
        heartbeat.setDaemon(true);
    }

    private Channel router(String endpoint, Route route, Handler handler) {
        return new Channel(
                context, SocketType.ROUTER, endpoint, route.name(), new LinkedBlockingQueue<>(), (channel, frames) -> {
                    try {
                        handler.received(route, codec.decode(frames));
                    } catch (BadMessageException e) {
                        LOG.log(Level.WARNING, "{0}: {1}", new Object[] {route, e.getMessage()});
                    } catch (RuntimeException | StackOverflowError e) {
                        LOG.log(Level.WARNING, "a message on " + route + " could not be handled", e);
                    }
                });
    }

    /** Begins to receive. */
    public void start() {
        shell.start();
        control.start();
        stdin.start();
        iopub.start();
        heartbeat.start();
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
        iopub.send(codec.encode(
                new Message(plain.identities(), plain.header(), plain.parent(), metadata, content, buffers)));
    }

    private void welcome(Channel channel, List<byte[]> frames) {
        byte[] event = frames.isEmpty() ? new byte[0] : frames.get(0);
        if (event.length > 0 && event[0] == 1) {
            byte[] topic = Arrays.copyOfRange(event, 1, event.length);
            ObjectNode content = Message.object().put("subscription", new String(topic, StandardCharsets.UTF_8));
            channel.sendNow(codec.encode(codec.compose(List.of(topic), "iopub_welcome", Message.object(), content)));
        }
    }

    private void beat() {
        try {
            while (true) {
                byte[] ping = echo.recv();
                if (ping != null) {
                    echo.send(ping);
                }
            }
        } catch (ZMQException e) {
            LOG.log(Level.FINE, "the heartbeat ends", e);
        } finally {
            echo.close();
        }
    }

    /**
     * Sends what is queued, for at most a second in all, and unbinds. Each thread is told to end and closes its own
     * socket; one that user code holds back is left behind after two more seconds.
     */
    @Override
    public void close() {
        Thread end = new Thread(null, context::term, "moviola-transport-end");
        end.setDaemon(true);
        try {
            for (Channel channel : List.of(iopub, shell, control, stdin)) {
                channel.close(250);
            }
            if (heartbeat.getState() == Thread.State.NEW) {
                echo.close();
            }
            end.start();
            end.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            if (end.getState() == Thread.State.NEW) {
                end.start();
            }
            Thread.currentThread().interrupt();
        }
    }
}
