package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.contract.Steps;
import org.junit.jupiter.api.Test;

/** The contract with listings that go from folder to folder. */
class S3ProxyFoldersContractTest extends S3ProxyFilesystemContractTest {

    @Override
    S3StoreSettings settings() {
        return super.settings().with("listing", "folders");
    }

    /** Such a listing needs no token of the server's, which is what the server breaks off at. */
    @Override
    @Test
    public void aPageMayEndAtAnyName() {
        Steps.put(store(), "a\u0001", Steps.bytes(1));
        Steps.put(store(), "b", Steps.bytes(1));
        assertThat(Steps.keys(store(), "", 1)).containsExactly("a\u0001", "b");
    }
}
