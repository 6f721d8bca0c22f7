package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.engine.Cell;
import dev.moviola.kernel.engine.CellError;
import dev.moviola.kernel.engine.CellOutcome;
import dev.moviola.kernel.protocol.Message;
import dev.moviola.kernel.protocol.Transport;
import dev.moviola.kernel.protocol.Transport.Route;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Execute requests, and what cells show and ask while they run. */
final class Executions {
    private final Transport transport;
    private final CompletableFuture<CellRunner> runner;
    private final History history;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Cell> running = ConcurrentHashMap.newKeySet();
    private final Object asking = new Object();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timer = timer();
    private volatile @Nullable StreamOutput latest;

    Executions(Transport transport, CompletableFuture<CellRunner> runner, History history) {
        this.transport = transport;
        this.runner = runner;
        this.history = history;
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(null, work, "moviola-output");
            thread.setDaemon(true);
            return thread;
        });
        // A thread that a cell's first line started would belong to that cell and be stopped with it.
        timer.prestartCoreThread();
        return timer;
    }

    void interrupt() {
        running.forEach(Cell::stop);
    }

    void close() {
        timer.shutdownNow();
    }

    void answered(Message message) {
        if (message.type().equals("input_reply")) {
            answers.add(message);
        }
    }

    void status(Message request, String state) {
        transport.publish("status", request.header(), Message.object().put("execution_state", state));
    }

    void display(String type, String id, MimeBundle bundle) {
        Cell cell = Cell.current();
        StreamOutput output = cell != null && cell.output() instanceof StreamOutput own ? own : latest;
        if (output != null) {
            ObjectNode content = Bundles.content(bundle);
            content.putObject("transient").put("display_id", id);
            output.publish(type, content);
        }
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
        transport.reply(Route.SHELL, request, "execute_reply", reply);
        if (failed && request.content().path("stop_on_error").asBoolean(true)) {
            lane.abortWaiting();
        }
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
            history.add(number, code);
        }
        boolean mayAsk = content.path("allow_stdin").asBoolean(true);
        StreamOutput output = new StreamOutput(
                (type, shown) -> {
                    if (!silent) {
                        transport.publish(type, request.header(), shown);
                    }
                },
                (prompt, password) -> ask(request, mayAsk, prompt, password),
                timer);
        latest = output;
        Cell cell = new Cell(number, output);
        running.add(cell);
        try {
            return outcome(cell, output, content, code, number);
        } finally {
            running.remove(cell);
        }
    }

    private ObjectNode outcome(Cell cell, StreamOutput output, ObjectNode content, String code, int number) {
        CellRunner cells = runner.join();
        CellOutcome outcome = cells.run(cell, code);
        CellError error = outcome.error();
        if (error != null) {
            ObjectNode shown = error(error);
            output.publish("error", shown);
            return shown.deepCopy().put("status", "error");
        }
        if (outcome.value() instanceof MimeBundle bundle) {
            output.publish("execute_result", Bundles.content(bundle).put("execution_count", number));
        }
        ObjectNode reply = Message.object().put("status", "ok");
        reply.putArray("payload");
        ObjectNode answers = reply.putObject("user_expressions");
        content.path("user_expressions").fields().forEachRemaining(expression -> {
            answers.set(expression.getKey(), evaluated(cells, cell, expression.getValue()));
        });
        output.flush();
        return reply;
    }

    private static ObjectNode evaluated(CellRunner cells, Cell cell, JsonNode expression) {
        CellOutcome outcome = cells.run(cell, expression.asText());
        if (outcome.error() != null) {
            return error(outcome.error()).put("status", "error");
        }
        MimeBundle bundle = outcome.value() instanceof MimeBundle shown ? shown : MimeBundle.text("null");
        return Bundles.content(bundle).put("status", "ok");
    }

    private static ObjectNode error(CellError error) {
        ObjectNode content = Message.object().put("ename", error.name()).put("evalue", error.message());
        ArrayNode traceback = content.putArray("traceback");
        error.traceback().forEach(traceback::add);
        return content;
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
