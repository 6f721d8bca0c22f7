package dev.moviola.defect.internal;

/** A logarithm made of exact operations only, so that every JDK and processor gives the same bits. */
final class FastLog {
    private FastLog() {}

    /** Natural logarithm of a positive normal number, to about 1e-6. */
    static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        int exponent = (bits >> 23) - 127;
        float m = Float.intBitsToFloat((bits & 0x7fffff) | 0x3f800000);
        if (m > 1.4142135f) {
            m *= 0.5f;
            exponent++;
        }
        float z = (m - 1) / (m + 1);
        float z2 = z * z;
        // series of 2 atanh(z), |z| < 0.172
        float series = 2 * z * (1 + z2 * (1f / 3 + z2 * (1f / 5 + z2 * (1f / 7 + z2 / 9))));
        return exponent * 0.6931472f + series;
    }
}
