package dev.moviola.ledger.internal;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Unique ids that sort by the time of their making (UUIDs of version 7, RFC 9562): neighbours in time are neighbours in
 * an index, so that a group of new ones touches one page of it and not one page each.
 */
final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    static UUID next() {
        long high = System.currentTimeMillis() << 16 | 7L << 12 | RANDOM.nextInt(1 << 12);
        long low = RANDOM.nextLong() >>> 2 | 1L << 63;
        return new UUID(high, low);
    }
}
