package dev.moviola.prompt.internal;

/**
 * A set of texts kept as 128-bit fingerprints, 32 to 64 bytes each. Two texts that differ are taken for the same with a
 * chance below 1 in 10^20 among a billion. Not thread-safe.
 */
public final class Fingerprints {
    private long[] slots = new long[2 << 10];
    private int used;

    /** Adds a text; false when it was there. */
    public boolean add(String text) {
        long a = 0x243F6A8885A308D3L;
        long b = 0x13198A2E03707344L;
        for (int i = 0; i < text.length(); i++) {
            a = SplitMix64.mix(a + text.charAt(i));
            b = SplitMix64.mix(b ^ (text.charAt(i) * 0x9E3779B97F4A7C15L + i));
        }
        if (used * 2L >= slots.length / 2) {
            grow();
        }
        return put(a | 1, b);
    }

    /** How many distinct texts were added. */
    public int size() {
        return used;
    }

    private boolean put(long a, long b) {
        int mask = slots.length / 2 - 1;
        int at = (int) (a >>> 1) & mask;
        while (slots[2 * at] != 0) {
            if (slots[2 * at] == a && slots[2 * at + 1] == b) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[2 * at] = a;
        slots[2 * at + 1] = b;
        used++;
        return true;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        used = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }
}
