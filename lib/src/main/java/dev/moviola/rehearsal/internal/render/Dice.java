package dev.moviola.rehearsal.internal.render;

/** Numbers that look random and are the same on every Java: SplitMix64 (Steele, Lea and Flood, 2014). */
final class Dice {
    private static final int TABLE = 4096;
    private static final float[] SINE = new float[TABLE];

    static {
        for (int i = 0; i < TABLE; i++) {
            SINE[i] = (float) StrictMath.sin(2 * StrictMath.PI * i / TABLE);
        }
    }

    private long state;

    Dice(long seed) {
        state = seed;
    }

    double next() {
        state += 0x9E3779B97F4A7C15L;
        return (mix(state) >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * next();
    }

    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    static long of(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }

    /** A number in 0..1 for a point of a lattice. */
    static float at(int seed, int x, int y) {
        int h = seed * 0x27D4EB2D ^ x * 0x9E3779B1 ^ y * 0x85EBCA77;
        h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
        h = (h ^ (h >>> 12)) * 0x297A2D39;
        return ((h ^ (h >>> 15)) >>> 8) * 0x1.0p-24f;
    }

    /** Smooth noise in 0..1 with lattice distance 1. */
    static float noise(int seed, float x, float y) {
        int x0 = (int) Math.floor(x);
        int y0 = (int) Math.floor(y);
        float fx = x - x0;
        float fy = y - y0;
        float u = fx * fx * (3 - 2 * fx);
        float v = fy * fy * (3 - 2 * fy);
        float top = at(seed, x0, y0) * (1 - u) + at(seed, x0 + 1, y0) * u;
        float low = at(seed, x0, y0 + 1) * (1 - u) + at(seed, x0 + 1, y0 + 1) * u;
        return top * (1 - v) + low * v;
    }

    /** The sine of {@code turns} full turns. */
    static float sine(double turns) {
        return SINE[(int) ((long) Math.floor(turns * TABLE) & (TABLE - 1))];
    }
}
