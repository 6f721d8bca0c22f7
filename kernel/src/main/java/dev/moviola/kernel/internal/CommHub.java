package dev.moviola.kernel.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.kernel.comm.Comm;
import dev.moviola.kernel.comm.Comms;
import dev.moviola.kernel.protocol.Json;
import dev.moviola.kernel.protocol.Message;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Registered targets and open comms. */
final class CommHub implements Comms {
    private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

    private final Map<String, BiConsumer<Comm, Map<String, Object>>> targets = new ConcurrentHashMap<>();
    private final Map<String, Line> open = new ConcurrentHashMap<>();
    private final BiConsumer<String, ObjectNode> publish;

    /** Sends with {@code publish}, by type and content. */
    CommHub(BiConsumer<String, ObjectNode> publish) {
        this.publish = publish;
    }

    @Override
    public void register(String target, BiConsumer<Comm, Map<String, Object>> opened) {
        targets.put(target, opened);
    }

    @Override
    public void unregister(String target) {
        targets.remove(target);
    }

    @Override
    public Comm open(String target, Map<String, ?> data) {
        Line line = new Line(UUID.randomUUID().toString(), target);
        open.put(line.id, line);
        publish.accept("comm_open", content(line.id, data).put("target_name", target));
        return line;
    }

    /** Does what a message from the front end asks for. */
    void received(Message message) {
        ObjectNode content = message.content();
        String id = content.path("comm_id").asText();
        Line line = open.get(id);
        switch (message.type()) {
            case "comm_open" -> opened(id, content);
            case "comm_msg" -> {
                if (line != null) {
                    line.received.accept(data(content));
                }
            }
            default -> {
                if (line != null) {
                    open.remove(id);
                    line.closed.run();
                }
            }
        }
    }

    private void opened(String id, ObjectNode content) {
        String target = content.path("target_name").asText();
        BiConsumer<Comm, Map<String, Object>> handler = targets.get(target);
        if (handler == null) {
            publish.accept("comm_close", content(id, Map.of()));
            return;
        }
        Line line = new Line(id, target);
        open.put(id, line);
        try {
            handler.accept(line, data(content));
        } catch (RuntimeException | Error e) {
            line.close();
            throw e;
        }
    }

    /** The {@code comms} of a reply: all of them, or those to one target. */
    ObjectNode info(String target) {
        ObjectNode comms = Message.object();
        open.forEach((id, line) -> {
            if (target.isEmpty() || target.equals(line.target)) {
                comms.putObject(id).put("target_name", line.target);
            }
        });
        return comms;
    }

    private static Map<String, Object> data(ObjectNode content) {
        JsonNode data = content.path("data");
        return data.isObject() ? new ObjectMapper().convertValue(data, DATA) : Map.of();
    }

    private static ObjectNode content(String id, Map<String, ?> data) {
        ObjectNode content = Message.object().put("comm_id", id);
        content.set("data", Json.of(data));
        return content;
    }

    private final class Line implements Comm {
        private final String id;
        private final String target;
        private volatile Consumer<Map<String, Object>> received = data -> {};
        private volatile Runnable closed = () -> {};

        Line(String id, String target) {
            this.id = id;
            this.target = target;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String target() {
            return target;
        }

        @Override
        public void send(Map<String, ?> data) {
            if (open.containsKey(id)) {
                publish.accept("comm_msg", content(id, data));
            }
        }

        @Override
        public void onMessage(Consumer<Map<String, Object>> to) {
            received = to;
        }

        @Override
        public void onClose(Runnable told) {
            closed = told;
        }

        @Override
        public void close() {
            if (open.remove(id) != null) {
                publish.accept("comm_close", content(id, Map.of()));
            }
        }
    }
}
