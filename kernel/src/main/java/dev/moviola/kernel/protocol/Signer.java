package dev.moviola.kernel.protocol;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Signs with a keyed hash (HMAC, RFC 2104). Made of the plain hash because the JDK's own one first looks for providers of
 * cryptography in every jar of the class path, which takes a third of the time until a kernel answers. Safe for use by
 * many threads.
 */
final class Signer {
    private static final int BLOCK = 64;
    private static final int LONG_BLOCK = 128;

    private final MessageDigest inner;
    private final MessageDigest outer;
    private final byte[] innerPad;
    private final byte[] outerPad;

    /**
     * One for a hash and a key.
     *
     * @param hash such as {@code SHA-256}
     */
    Signer(String hash, String key) throws NoSuchAlgorithmException {
        inner = MessageDigest.getInstance(hash);
        outer = MessageDigest.getInstance(hash);
        int block = inner.getDigestLength() > 32 ? LONG_BLOCK : BLOCK;
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(bytes.length > block ? inner.digest(bytes) : bytes, block);
        innerPad = padded.clone();
        outerPad = padded;
        for (int i = 0; i < block; i++) {
            innerPad[i] ^= 0x36;
            outerPad[i] ^= 0x5c;
        }
    }

    /** The signature of the parts in their order, in lower-case hexadecimal digits. */
    synchronized String sign(List<byte[]> parts) {
        inner.update(innerPad);
        parts.forEach(inner::update);
        outer.update(outerPad);
        return HexFormat.of().formatHex(outer.digest(inner.digest()));
    }
}
