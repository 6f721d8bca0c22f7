package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.assist.Assist;
import dev.moviola.kernel.protocol.ConnectionFile;
import dev.moviola.kernel.protocol.KernelLog;
import dev.moviola.kernel.protocol.Message;
import dev.moviola.kernel.protocol.Transport;
import dev.moviola.kernel.protocol.Transport.Route;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One kernel: what it does with each message. */
public final class Session implements AutoCloseable {

    private final Transport transport;
    private final Cells cells = new Cells();
    private final History history;
    private final Lane shell = new Lane("moviola-cells");
    private final Lane aside = new Lane("moviola-assist");
    private final Lane control = new Lane("moviola-control-work");
    private final Map<String, Lane> subshells = new ConcurrentHashMap<>();
    private final Set<String> pageComms = ConcurrentHashMap.newKeySet();
    private @Nullable Assist assist;
    private final Executions executions;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What answers a request: the content of the reply. */
    private interface Answer {
        ObjectNode content();
    }

    /** Binds the sockets and takes over the standard streams. */
    public Session(ConnectionFile connection, Path historyFile) {
        history = new History(historyFile);
        transport = new Transport(connection, this::received);
        executions = new Executions(transport, cells, history, aside);
    }

    /** Says under which id Jupyter's server knows this kernel, so that pages can ask it for more. */
    public void knownAs(String id) {
        cells.pages().knownAs(id);
    }

    /** Begins to answer; the session with the compiler comes up beside. */
    public void start() {
        transport.start();
        transport.publish("status", Message.object(), Message.object().put("execution_state", "starting"));
        Thread warmUp = new Thread(null, cells::open, "moviola-warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
    }

    /** Waits until cells can run. */
    public void awaitCompiler() {
        cells.engine();
    }

    /** Waits until a client asks it to end, or {@link #end} is called. */
    public void await() throws InterruptedException {
        ended.await();
    }

    /** Lets {@link #await} return. */
    public void end() {
        ended.countDown();
    }

    /** Stops all running cells. */
    public void interrupt() {
        cells.interrupt();
    }

    private void received(Route route, Message message) {
        switch (route) {
            case STDIN -> executions.answered(message);
            case CONTROL -> control.submit(message, this::onControl, this::onControl);
            case SHELL -> onShell(message);
        }
    }

    private void onShell(Message message) {
        Lane lane = message.subshell().isEmpty() ? shell : subshells.get(message.subshell());
        if (lane == null) {
            KernelLog.warn(
                    Session.class, "there is no subshell " + message.subshell() + "; its message is ignored", null);
            return;
        }
        switch (message.type()) {
            case "execute_request" ->
                lane.submit(message, request -> executions.perform(request, lane), executions::abort);
            case "comm_open", "comm_msg", "comm_close" -> {
                // Reading on in a table need not wait for the running cell.
                Lane comms = isOfPage(message) ? aside : lane;
                comms.submit(message, this::onComm, this::onComm);
            }
            default -> aside.submit(message, this::onAside, this::onAside);
        }
    }

    private boolean isOfPage(Message message) {
        String id = message.content().path("comm_id").asText();
        return switch (message.type()) {
            case "comm_open" ->
                PageLines.TARGET.equals(message.content().path("target_name").asText()) && pageComms.add(id);
            case "comm_close" -> pageComms.remove(id);
            default -> pageComms.contains(id);
        };
    }

    private void onControl(Message message) {
        switch (message.type()) {
            case "kernel_info_request" -> answer(Route.CONTROL, message, this::info);
            case "interrupt_request" ->
                answer(Route.CONTROL, message, () -> {
                    interrupt();
                    return Message.object();
                });
            case "shutdown_request" -> shutdown(Route.CONTROL, message);
            case "create_subshell_request" ->
                answer(Route.CONTROL, message, () -> {
                    String id = UUID.randomUUID().toString();
                    subshells.put(id, new Lane("moviola-subshell-" + id));
                    return Message.object().put("subshell_id", id);
                });
            case "delete_subshell_request" ->
                answer(Route.CONTROL, message, () -> {
                    Lane lane = subshells.remove(
                            message.content().path("subshell_id").asText());
                    if (lane == null) {
                        return failure("NoSuchSubshell", "there is no subshell with that id");
                    }
                    lane.end();
                    return Message.object();
                });
            case "list_subshell_request" ->
                answer(Route.CONTROL, message, () -> {
                    ObjectNode content = Message.object();
                    ArrayNode ids = content.putArray("subshell_id");
                    subshells.keySet().forEach(ids::add);
                    return content;
                });
            default -> unknown(message);
        }
    }

    private void onAside(Message message) {
        ObjectNode content = message.content();
        String code = content.path("code").asText();
        int cursor = content.path("cursor_pos").asInt(code.codePointCount(0, code.length()));
        switch (message.type()) {
            case "kernel_info_request" -> answer(Route.SHELL, message, this::info);
            case "complete_request" -> answer(Route.SHELL, message, () -> complete(code, cursor));
            case "inspect_request" -> answer(Route.SHELL, message, () -> inspect(code, cursor));
            case "is_complete_request" ->
                answer(Route.SHELL, message, () -> {
                    String status = assist().completeness(code).name().toLowerCase(Locale.ROOT);
                    ObjectNode reply = Message.object().put("status", status);
                    return status.equals("incomplete") ? reply.put("indent", "") : reply;
                });
            case "history_request" ->
                answer(Route.SHELL, message, () -> {
                    ObjectNode reply = Message.object();
                    reply.set("history", history.answer(content));
                    return reply;
                });
            case "comm_info_request" ->
                answer(Route.SHELL, message, () -> {
                    ObjectNode reply = Message.object();
                    reply.set(
                            "comms",
                            cells.comms().info(content.path("target_name").asText("")));
                    return reply;
                });
            case "shutdown_request" -> shutdown(Route.SHELL, message);
            default -> unknown(message);
        }
    }

    private void onComm(Message message) {
        executions.status(message, "busy");
        cells.perform((type, content) -> transport.publish(type, message.header(), content), () -> cells.comms()
                .received(message));
        executions.status(message, "idle");
    }

    private void answer(Route route, Message request, Answer answer) {
        executions.status(request, "busy");
        try {
            ObjectNode content;
            try {
                content = answer.content();
            } catch (RuntimeException | StackOverflowError e) {
                KernelLog.warn(Session.class, "a " + request.type() + " failed", e);
                content = failure(e.getClass().getName(), String.valueOf(e.getMessage()));
            }
            if (!content.has("status")) {
                content.put("status", "ok");
            }
            transport.reply(route, request, request.type().replace("_request", "_reply"), content);
        } finally {
            executions.status(request, "idle");
        }
    }

    private static void unknown(Message message) {
        KernelLog.warn(Session.class, "a message of type " + message.type() + " is not known; it is ignored", null);
    }

    static ObjectNode failure(String name, String message) {
        ObjectNode content =
                Message.object().put("status", "error").put("ename", name).put("evalue", message);
        content.putArray("traceback").add(name + ": " + message);
        return content;
    }

    private void shutdown(Route route, Message request) {
        ObjectNode content = Message.object()
                .put("restart", request.content().path("restart").asBoolean());
        answer(route, request, () -> content);
        transport.publish("shutdown_reply", request.header(), content);
        end();
    }

    private ObjectNode info() {
        ObjectNode info = Message.object()
                .put("protocol_version", dev.moviola.kernel.protocol.MessageCodec.VERSION)
                .put("implementation", "moviola")
                .put("implementation_version", version())
                .put(
                        "banner",
                        "Moviola on Java " + Runtime.version() + ", "
                                + System.getProperty("java.vm.name", "an unknown machine"))
                .put("debugger", false);
        info.putObject("language_info")
                .put("name", "java")
                .put("version", Runtime.version().toString())
                .put("mimetype", "text/x-java-source")
                .put("file_extension", ".jshell")
                .put("pygments_lexer", "java")
                .put("codemirror_mode", "text/x-java");
        info.putArray("help_links")
                .addObject()
                .put("text", "Java API")
                .put(
                        "url",
                        "https://docs.oracle.com/en/java/javase/"
                                + Runtime.version().feature() + "/docs/api/index.html");
        info.putArray("supported_features").add("kernel subshells");
        return info;
    }

    private static String version() {
        @Nullable String version = Session.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    private synchronized Assist assist() {
        Assist made = assist;
        if (made == null) {
            made = new Assist(cells.engine(), cells::sources);
            assist = made;
        }
        return made;
    }

    private ObjectNode complete(String code, int cursor) {
        Assist.Completion completion = assist().complete(code, cursor, cells.magicNames());
        ObjectNode reply =
                Message.object().put("cursor_start", completion.start()).put("cursor_end", completion.end());
        ArrayNode matches = reply.putArray("matches");
        ArrayNode types = reply.putObject("metadata").putArray("_jupyter_types_experimental");
        for (Assist.Match match : completion.matches()) {
            matches.add(match.text());
            types.addObject()
                    .put("text", match.text())
                    .put("type", match.type())
                    .put("start", completion.start())
                    .put("end", completion.end());
        }
        return reply;
    }

    private ObjectNode inspect(String code, int cursor) {
        ObjectNode reply = Message.object();
        ObjectNode data = reply.putObject("data");
        reply.put(
                "found",
                assist().inspect(code, cursor)
                        .map(found -> data.put(MimeBundle.TEXT, found.text()).put(MimeBundle.HTML, found.html()))
                        .isPresent());
        reply.putObject("metadata");
        return reply;
    }

    /** Sends what is left to send and gives the standard streams back. Running cells are asked to stop. */
    @Override
    public void close() {
        end();
        interrupt();
        transport.close();
        cells.close();
    }
}
