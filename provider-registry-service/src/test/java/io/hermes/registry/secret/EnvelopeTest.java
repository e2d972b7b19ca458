package io.hermes.registry.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static final SecretPlace PLACE = new SecretPlace(UUID.randomUUID(), "secret_key");
    private static final KeyRing RING = KeyRing.parse(List.of("# of the test", "", line(1), line(2)));
    private static final String PRESENT = RING.present().orElseThrow();

    private static String line(int number) {
        byte[] key = new byte[32];
        key[31] = (byte) number;
        return Base64.getEncoder().encodeToString(key);
    }

    private static SecretKey key(String fingerprint) {
        return RING.key(fingerprint).orElseThrow();
    }

    private static Envelope sealed(String secret) {
        return Envelope.seal(secret, PLACE, PRESENT, key(PRESENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a secret with \u00e9 and \ud83d\ude00", "sealed:1:a:b:c"})
    void opensWhatItSealed(String secret) throws Exception {
        String stored = sealed(secret).text();

        assertThat(Envelope.parse(stored).open(PLACE, key(PRESENT))).isEqualTo(secret);
    }

    @Test
    void theTextSaysNothingAndIsNeverTheSameTwice() {
        String secret = "canary-0123456789";
        String stored = sealed(secret).text();

        assertThat(stored)
                .doesNotContain(secret)
                .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(sealed(secret).text());
        assertThat(sealed(secret)).hasToString("Envelope[" + PRESENT + "]");
    }

    @Test
    void opensInNoOtherPlace() {
        Envelope sealed = sealed("secret");

        assertThatThrownBy(() -> sealed.open(new SecretPlace(PLACE.provider(), "access_key"), key(PRESENT)))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> sealed.open(new SecretPlace(UUID.randomUUID(), PLACE.field()), key(PRESENT)))
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void opensUnderNoOtherKey() {
        String other = RING.fingerprints().get(1);

        assertThatThrownBy(() -> sealed("secret").open(PLACE, key(other))).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> {
                    Envelope sealed = sealed("secret");
                    new Envelope(other, sealed.dataKey(), sealed.content()).open(PLACE, key(PRESENT));
                })
                .isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void everyAlteredByteIsNoticed() {
        Envelope sealed = sealed("secret");
        for (int index = 0; index < sealed.content().length; index++) {
            byte[] altered = sealed.content().clone();
            altered[index] ^= 1;
            assertThatThrownBy(() -> new Envelope(PRESENT, sealed.dataKey(), altered).open(PLACE, key(PRESENT)))
                    .isInstanceOf(AEADBadTagException.class);
        }
        for (int index = 0; index < sealed.dataKey().length; index++) {
            byte[] altered = sealed.dataKey().clone();
            altered[index] ^= 1;
            assertThatThrownBy(() -> new Envelope(PRESENT, altered, sealed.content()).open(PLACE, key(PRESENT)))
                    .isInstanceOf(AEADBadTagException.class);
        }
        assertThatThrownBy(() -> new Envelope(PRESENT, sealed.dataKey(), new byte[3]).open(PLACE, key(PRESENT)))
                .isInstanceOf(AEADBadTagException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"too short", "AAAA", "not base64 !", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="})
    void aLineThatIsNoKeyIsNamedByItsNumberOnly(String line) {
        assertThatThrownBy(() -> KeyRing.parse(List.of("# fine", line)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining(line);
    }

    @Test
    void theFirstKeyIsThePresentOneAndNoKeyIsPrinted() {
        assertThat(RING.fingerprints()).hasSize(2).startsWith(PRESENT);
        assertThat(RING.toString()).contains(PRESENT).doesNotContain(line(1)).doesNotContain(line(2));
        assertThat(KeyRing.parse(List.of("#")).present()).isEmpty();
    }
}
