package dev.moviola.kernel.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moviola.display.MimeBundle;
import dev.moviola.kernel.protocol.Json;
import dev.moviola.kernel.protocol.Message;
import java.util.Base64;

/** Bundles as the protocol wants them: bytes as base64, JSON as JSON. */
final class Bundles {
    private Bundles() {}

    static ObjectNode content(MimeBundle bundle) {
        ObjectNode data = Message.object();
        bundle.forms().forEach((type, form) -> {
            if (form instanceof byte[] bytes) {
                data.put(type, Base64.getEncoder().encodeToString(bytes));
            } else {
                data.set(type, Json.of(form));
            }
        });
        ObjectNode content = Message.object();
        content.set("data", data);
        content.set("metadata", Json.of(bundle.metadata()));
        return content;
    }
}
