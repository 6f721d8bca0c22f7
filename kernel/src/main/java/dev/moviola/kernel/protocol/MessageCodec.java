package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.MoviolaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Turns messages into signed frames and back, and refuses what is not to be trusted. Safe for use by many threads. */
public final class MessageCodec {
    /** The version of the protocol that is spoken. */
    public static final String VERSION = "5.4";

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final int REMEMBERED_SIGNATURES = 16_384;

    private final @Nullable Signer signer;
    // Unique, not secret: a generator of secrets would take its time at the start.
    private final String session = ProcessHandle.current().pid() + "-" + Long.toHexString(System.currentTimeMillis())
            + Long.toHexString(System.nanoTime());
    private final AtomicLong count = new AtomicLong();
    private final String user = System.getProperty("user.name", "kernel");
    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_SIGNATURES;
        }
    });

    /** A codec that signs with the key of {@code connection}. */
    public MessageCodec(ConnectionFile connection) {
        try {
            signer = connection.key().isEmpty() ? null : new Signer(connection.hash(), connection.key());
        } catch (NoSuchAlgorithmException e) {
            throw new MoviolaException(
                    "signature scheme \"" + connection.scheme() + "\" is not known to this JDK; use hmac-sha256", e);
        }
    }

    /** A message of ours that answers {@code parent}. */
    public Message compose(List<byte[]> identities, String type, ObjectNode parent, ObjectNode content) {
        ObjectNode header = Message.object()
                .put("msg_id", session + "_" + count.incrementAndGet())
                .put("session", session)
                .put("username", user)
                .put("date", OffsetDateTime.now(ZoneOffset.UTC).toString())
                .put("msg_type", type)
                .put("version", VERSION);
        return new Message(identities, header, parent, Message.object(), content, List.of());
    }

    /** The frames of {@code message}. */
    public List<byte[]> encode(Message message) {
        List<byte[]> parts = List.of(
                Json.write(message.header()),
                Json.write(message.parent()),
                Json.write(message.metadata()),
                Json.write(message.content()));
        List<byte[]> frames = new ArrayList<>(message.identities());
        frames.add(DELIMITER);
        frames.add(sign(parts).getBytes(StandardCharsets.US_ASCII));
        frames.addAll(parts);
        frames.addAll(message.buffers());
        return frames;
    }

    /**
     * The message in {@code frames}.
     *
     * @throws BadMessageException if it is malformed, wrongly signed, or was received before
     */
    public Message decode(List<byte[]> frames) {
        int at = 0;
        while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
            at++;
        }
        if (frames.size() < at + 6) {
            throw new BadMessageException("a message has at least 6 frames from <IDS|MSG> on, but this one has "
                    + (frames.size() - at) + "; it is ignored");
        }
        List<byte[]> parts = frames.subList(at + 2, at + 6);
        check(new String(frames.get(at + 1), StandardCharsets.US_ASCII), parts);
        ObjectNode header = parse(parts.get(0), "header");
        if (header.path("msg_type").asText().isEmpty()
                || header.path("msg_id").asText().isEmpty()) {
            throw new BadMessageException("the header of a message must have msg_id and msg_type; it is ignored");
        }
        return new Message(
                frames.subList(0, at),
                header,
                parse(parts.get(1), "parent header"),
                parse(parts.get(2), "metadata"),
                parse(parts.get(3), "content"),
                frames.subList(at + 6, frames.size()));
    }

    private void check(String signature, List<byte[]> parts) {
        if (signer == null) {
            return;
        }
        byte[] expected = sign(parts).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.US_ASCII))) {
            throw new BadMessageException(
                    signature.isEmpty()
                            ? "a message without a signature is ignored"
                            : "a message with a wrong signature is ignored");
        }
        synchronized (seen) {
            if (!seen.add(signature)) {
                throw new BadMessageException("a message that was received before is ignored");
            }
        }
    }

    private ObjectNode parse(byte[] part, String what) {
        try {
            JsonNode node = Json.read(part);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new BadMessageException("the " + what + " of a message must be a JSON object; it is ignored");
        } catch (IOException e) {
            throw new BadMessageException("the " + what + " of a message is not JSON; it is ignored");
        }
    }

    private String sign(List<byte[]> parts) {
        return signer == null ? "" : signer.sign(parts);
    }
}
