package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ContentHash;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.ChecksumType;

class ServerChecksumTest {

    private static final ContentHash EMPTY = ContentHash.of(ByteBuffer.allocate(0));
    private static final String EMPTY_IN_BASE64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    @Test
    void isTheHashInBase64() {
        assertThat(ServerChecksum.of(EMPTY)).isEqualTo(EMPTY_IN_BASE64);
        assertThat(ServerChecksum.read(EMPTY_IN_BASE64, ChecksumType.FULL_OBJECT))
                .contains(EMPTY);
        assertThat(ServerChecksum.read(EMPTY_IN_BASE64, null)).contains(EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMPTY_IN_BASE64 + "-3", "", "47DEQpj8", "no base64!"})
    void whatIsNoHashOfTheWholeIsNone(String text) {
        assertThat(ServerChecksum.read(text, null)).isEmpty();
    }

    @Test
    void aCompositeIsNeverTakenForTheWhole() {
        assertThat(ServerChecksum.read(EMPTY_IN_BASE64, ChecksumType.COMPOSITE)).isEmpty();
        assertThat(ServerChecksum.read(null, null)).isEmpty();
    }
}
