package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.protocol.Message;
import dev.moviola.kernel.protocol.Transport;
import dev.moviola.kernel.protocol.Transport.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Execute requests, and what cells show and ask while they run. */
final class Executions {
    private final Transport transport;
    private final Cells cells;
    private final History history;
    private final Lane aside;
    private final AtomicInteger count = new AtomicInteger();
    private final Object asking = new Object();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();

    Executions(Transport transport, Cells cells, History history, Lane aside) {
        this.transport = transport;
        this.cells = cells;
        this.history = history;
        this.aside = aside;
    }

    void answered(Message message) {
        if (message.type().equals("input_reply")) {
            answers.add(message);
        }
    }

    void status(Message request, String state) {
        transport.publish("status", request.header(), Message.object().put("execution_state", state));
    }

    void abort(Message request) {
        status(request, "busy");
        transport.reply(
                Route.SHELL,
                request,
                "execute_reply",
                Message.object().put("status", "aborted").put("execution_count", count.get()));
        status(request, "idle");
    }

    void perform(Message request, Lane lane) {
        status(request, "busy");
        ObjectNode reply;
        try {
            reply = request.content().path("code").isTextual()
                    ? execute(request)
                    : Session.failure("BadRequest", "an execute_request must have a code that is text");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            reply = Session.failure(e.getClass().getName(), String.valueOf(e.getMessage()));
        }
        reply.put("execution_count", count.get());
        boolean failed = reply.path("status").asText().equals("error");
        // What a client sends once it knows of the failure is to be run.
        Runnable aborting =
                failed && request.content().path("stop_on_error").asBoolean(true) ? lane.takeWaiting() : () -> {};
        transport.reply(Route.SHELL, request, "execute_reply", reply);
        aborting.run();
        status(request, "idle");
    }

    private ObjectNode execute(Message request) {
        ObjectNode content = request.content();
        String code = content.path("code").asText();
        boolean silent = content.path("silent").asBoolean();
        boolean stored = !silent && content.path("store_history").asBoolean(true);
        int number = stored ? count.incrementAndGet() : count.get();
        if (!silent) {
            transport.publish(
                    "execute_input",
                    request.header(),
                    Message.object().put("code", code).put("execution_count", number));
        }
        if (stored && !code.isBlank()) {
            // Beside the cell, which need not wait for a file.
            aside.submit(request, added -> history.add(number, code), ignored -> {});
        }
        boolean mayAsk = content.path("allow_stdin").asBoolean(true);
        Map<String, String> expressions = new LinkedHashMap<>();
        content.path("user_expressions")
                .fields()
                .forEachRemaining(
                        each -> expressions.put(each.getKey(), each.getValue().asText()));
        Cells.Executed executed = cells.execute(
                number,
                code,
                (type, shown) -> {
                    if (!silent) {
                        transport.publish(type, request.header(), shown);
                    }
                },
                (prompt, password) -> ask(request, mayAsk, prompt, password),
                expressions);
        if (executed.error() != null) {
            return Cells.content(executed.error()).put("status", "error");
        }
        ObjectNode reply = Message.object().put("status", "ok");
        reply.putArray("payload");
        reply.set("user_expressions", executed.expressions());
        return reply;
    }

    private String ask(Message request, boolean mayAsk, String prompt, boolean password) throws InterruptedException {
        if (!mayAsk) {
            throw new UnsupportedOperationException("this client does not take input from the user");
        }
        synchronized (asking) {
            answers.clear();
            transport.reply(
                    Route.STDIN,
                    request,
                    "input_request",
                    Message.object().put("prompt", prompt).put("password", password));
            return answers.take().content().path("value").asText();
        }
    }
}
