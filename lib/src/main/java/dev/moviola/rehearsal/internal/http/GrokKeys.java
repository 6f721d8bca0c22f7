package dev.moviola.rehearsal.internal.http;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which keys are good, and how fast each of them may submit. */
final class GrokKeys {
    private static final double TOLERANCE = 0.9;

    private final Set<String> known;
    private final long stepNanos;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> next = new ConcurrentHashMap<>();

    /** Knows {@code known}, or every key when that is empty. */
    GrokKeys(Set<String> known, double submitsPerSecond) {
        this.known = known;
        this.stepNanos = (long) (TOLERANCE * 1e9 / submitsPerSecond);
    }

    void revoke(String key) {
        revoked.add(key);
    }

    /** The refusal of a request that carries {@code authorization}, or null when its key is good. */
    HttpReply.@Nullable Body refusal(String authorization) {
        String key = key(authorization);
        if (key.isEmpty()) {
            return GrokService.flat(401, "unauthenticated", "No API key provided.");
        }
        if (revoked.contains(key)) {
            return GrokService.flat(401, "unauthenticated", "The API key " + key + " has been revoked.");
        }
        if (!known.isEmpty() && !known.contains(key)) {
            return GrokService.flat(
                    400, "Client specified an invalid argument", "Incorrect API key provided: " + key + ".");
        }
        return null;
    }

    /** The key in a header, empty if there is none. */
    static String key(String authorization) {
        return authorization.startsWith("Bearer ") ? authorization.substring(7).strip() : "";
    }

    /** Whether a submit with this key comes too early; if not, it counts. */
    boolean tooEarly(String authorization) {
        if (stepNanos <= 0) {
            return false;
        }
        long now = System.nanoTime();
        boolean[] early = {false};
        next.compute(key(authorization), (key, from) -> {
            early[0] = from != null && now - from < 0;
            return early[0] ? from : (Long) (now + stepNanos);
        });
        return early[0];
    }
}
