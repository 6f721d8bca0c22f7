package dev.moviola.kernel.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One message of the Jupyter protocol. Its JSON trees are shared, not copied: nobody may write to them.
 *
 * @param identities routing frames, outermost first; for a broadcast the topic
 * @param header {@code msg_id}, {@code msg_type} and so on
 * @param parent header of the request that this answers; empty for requests
 * @param metadata free
 * @param content what the type of message defines
 * @param buffers binary attachments
 */
public record Message(
        List<byte[]> identities,
        ObjectNode header,
        ObjectNode parent,
        ObjectNode metadata,
        ObjectNode content,
        List<byte[]> buffers) {
    /** Copies the lists. */
    public Message {
        identities = List.copyOf(identities);
        buffers = List.copyOf(buffers);
    }

    /** What kind of message this is, such as {@code execute_request}. */
    public String type() {
        return header.path("msg_type").asText();
    }

    /** Its unique id. */
    public String id() {
        return header.path("msg_id").asText();
    }

    /** The subshell that is to handle it; empty for the main shell. */
    public String subshell() {
        return header.path("subshell_id").asText("");
    }

    /** An empty JSON object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
