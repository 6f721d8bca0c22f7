package dev.moviola.dispatch.internal;

/** How often something happened over the last seconds, up to 60, by the second. */
final class Recent {
    private static final int SECONDS = 61;

    private final long[] counts = new long[SECONDS];
    private long newest;

    void add(double seconds, long count) {
        advance((long) seconds);
        counts[(int) (newest % SECONDS)] += count;
    }

    /** Events a second over the last {@code window} seconds, or since the beginning while that is shorter. */
    double perSecond(double seconds, int window) {
        advance((long) seconds);
        long sum = 0;
        long oldest = Math.max(0, newest - window);
        for (long second = newest; second >= oldest; second--) {
            sum += counts[(int) (second % SECONDS)];
        }
        return sum / Math.max(0.25, seconds - oldest);
    }

    private void advance(long second) {
        if (second - newest >= SECONDS) {
            newest = second - SECONDS;
        }
        while (newest < second) {
            newest++;
            counts[(int) (newest % SECONDS)] = 0;
        }
    }
}
