package io.hermes.orchestrator.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.contract.provider.ProviderStatus;
import io.hermes.contract.provider.ResolvedProvider;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorePlaceTest {

    @ParameterizedTest
    @CsvSource({
        "/srv/a, /srv/a, true",
        "/srv/a, /srv/a/, true",
        "/srv/a, /srv/a/b, true",
        "/srv/a/../b, /srv/b/c, true",
        "/srv/a, /srv/ab, false",
        "/srv/a, /srv/b, false"
    })
    void foldersOverlapWhenOneIsWithinTheOther(String here, String there, boolean overlap) {
        assertOverlap(local(here), local(there), overlap);
    }

    @ParameterizedTest
    @CsvSource({
        "https://s3.test, b, '', https://s3.test, b, archive, true",
        "https://s3.test, b, archive, https://S3.test:443/, b, /archive/, true",
        "http://s3.test:80, b, archive, http://s3.test, b, archive/2024, true",
        "https://s3.test, b, production, https://s3.test, b, production-old, false",
        "https://s3.test, b, a, https://s3.test, b, b, false",
        "https://s3.test, b, '', https://s3.test, c, '', false",
        "https://s3.test, b, '', https://other.test, b, '', false"
    })
    void bucketsOverlapWhenOnePrefixIsWithinTheOther(
            String endpoint,
            String bucket,
            String prefix,
            String endpoint2,
            String bucket2,
            String prefix2,
            boolean overlap) {
        assertOverlap(s3(endpoint, bucket, prefix), s3(endpoint2, bucket2, prefix2), overlap);
    }

    private static void assertOverlap(StorePlace here, StorePlace there, boolean overlap) {
        assertThat(here.overlaps(there)).isEqualTo(overlap);
        assertThat(there.overlaps(here)).isEqualTo(overlap);
    }

    private static StorePlace local(String basePath) {
        return place("local", Map.of("base_path", basePath));
    }

    private static StorePlace s3(String endpoint, String bucket, String prefix) {
        return place("s3", Map.of("endpoint", endpoint, "bucket", bucket, "prefix", prefix));
    }

    private static StorePlace place(String type, Map<String, String> config) {
        return StorePlace.of(new ResolvedProvider(
                1, UUID.randomUUID(), "p", type, 1, ProviderStatus.ACTIVE, true, config, Map.of(), null, false));
    }
}
