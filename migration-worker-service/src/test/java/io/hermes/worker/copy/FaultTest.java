package io.hermes.worker.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.event.Deferred;
import io.hermes.contract.event.ErrorCode;
import io.hermes.storage.ErrorKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND,           SOURCE_NOT_FOUND,         false, DEST_CONFLICT,          true",
        "PRECONDITION_FAILED, SOURCE_CHANGED,           true,  DEST_CONFLICT,          true",
        "CHANGED,             SOURCE_CHANGED,           true,  DEST_CONFLICT,          true",
        "CONTENT_TRUNCATED,   SOURCE_CHANGED,           true,  CONTENT_HASH_MISMATCH,  true",
        "CONTENT_MISMATCH,    CONTENT_INVALID,          true,  CONTENT_HASH_MISMATCH,  true",
        "CONTENT_TOO_LARGE,   CONTENT_TOO_LARGE,        false, CONTENT_TOO_LARGE,      false",
        "KEY_INVALID,         KEY_INVALID,              false, KEY_INVALID,            false",
        "PERMISSION_DENIED,   SOURCE_PERMISSION_DENIED, false, DEST_PERMISSION_DENIED, false",
        "QUOTA_EXCEEDED,      SOURCE_UNAVAILABLE,       true,  DEST_QUOTA_EXCEEDED,    true",
        "UNSUPPORTED,         CAPABILITY_UNSUPPORTED,   false, CAPABILITY_UNSUPPORTED, false",
        "INTERNAL,            INTERNAL,                 true,  INTERNAL,               true"
    })
    void aDocumentsFaultFailsTheAttempt(
            ErrorKind kind,
            ErrorCode atSource,
            boolean sourceRetry,
            ErrorCode atDestination,
            boolean destinationRetry) {
        assertThat(Fault.of(kind, Side.SOURCE)).isEqualTo(new Fault.OfDocument(atSource, sourceRetry));
        assertThat(Fault.of(kind, Side.DESTINATION)).isEqualTo(new Fault.OfDocument(atDestination, destinationRetry));
    }

    @ParameterizedTest
    @CsvSource({
        "CONTAINER_MISSING, PROVIDER_AUTH,        PROVIDER_AUTH,       PROVIDER_AUTH",
        "UNAUTHENTICATED,   PROVIDER_AUTH,        PROVIDER_AUTH,       PROVIDER_AUTH",
        "CONFIG_INVALID,    PROVIDER_AUTH,        PROVIDER_AUTH,       PROVIDER_AUTH",
        "RATE_LIMITED,      PROVIDER_UNAVAILABLE, SOURCE_RATE_LIMITED, DEST_RATE_LIMITED",
        "UNAVAILABLE,       PROVIDER_UNAVAILABLE, SOURCE_UNAVAILABLE,  DEST_UNAVAILABLE",
        "TIMEOUT,           PROVIDER_UNAVAILABLE, SOURCE_UNAVAILABLE,  DEST_UNAVAILABLE"
    })
    void anOutageIsNobodysAttempt(ErrorKind kind, Deferred.Reason reason, ErrorCode atSource, ErrorCode atDestination) {
        assertThat(Fault.of(kind, Side.SOURCE)).isEqualTo(new Fault.Outage(reason, atSource));
        assertThat(Fault.of(kind, Side.DESTINATION)).isEqualTo(new Fault.Outage(reason, atDestination));
    }

    @ParameterizedTest
    @EnumSource
    void whatThePortCallsAnOutageIsOneHereOnBothSides(ErrorKind kind) {
        boolean expected = kind.outage() || kind == ErrorKind.CONFIG_INVALID;

        assertThat(Fault.of(kind, Side.SOURCE) instanceof Fault.Outage).isEqualTo(expected);
        assertThat(Fault.of(kind, Side.DESTINATION) instanceof Fault.Outage).isEqualTo(expected);
    }
}
