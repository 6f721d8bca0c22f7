package dev.moviola.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignerTest {
    private static final List<byte[]> PARTS = List.of(bytes("what do ya want "), new byte[0], bytes("for nothing?"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void theSecondCaseOfRfc4231IsSignedAsItSays() throws Exception {
        assertThat(new Signer("SHA-256", "Jefe").sign(PARTS))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @ParameterizedTest
    @CsvSource({"SHA-256,HmacSHA256", "SHA-1,HmacSHA1", "MD5,HmacMD5", "SHA-512,HmacSHA512", "SHA-384,HmacSHA384"})
    void signaturesAreThoseOfTheJdkForKeysOfEveryLength(String hash, String algorithm) throws Exception {
        for (int length : new int[] {1, 63, 64, 65, 128, 129, 300}) {
            String key = "k".repeat(length);
            Signer signer = new Signer(hash, key);
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(bytes(key), algorithm));
            PARTS.forEach(mac::update);
            String expected = HexFormat.of().formatHex(mac.doFinal());
            assertThat(signer.sign(PARTS)).isEqualTo(expected);
            assertThat(signer.sign(PARTS)).isEqualTo(expected);
        }
    }
}
