package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import io.hermes.storage.contract.Steps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract on the server of {@link S3EndpointContractTest}, with listings that go from folder to folder. */
class S3EndpointFoldersContractTest extends S3EndpointContractTest {

    @Override
    S3StoreSettings settings() {
        return super.settings().with("listing", "folders");
    }

    /**
     * Some servers, Ceph among them, repeat the name behind which a page begins as raw XML text, which holds no control characters, so that
     * their answer cannot be read. That is a failure, and never a page that is left out.
     */
    @Override
    @Test
    public void aPageMayEndAtAnyName() {
        List<String> names = List.of(
                "a%2Fb",
                "docs!",
                "docs-old/a",
                "docs.md",
                "docs/a",
                "docs/b c/d+e",
                "docs/b/&<>",
                "\u00e4/x",
                "\ud83d\ude00",
                "z");
        names.forEach(name -> Steps.put(store(), name, Steps.bytes(1)));
        for (int limit : new int[] {1, 7}) {
            assertThat(Steps.keys(store(), "", limit)).containsExactlyInAnyOrderElementsOf(names);
        }

        Steps.put(store(), "a\u0001", Steps.bytes(1));

        try {
            assertThat(Steps.keys(store(), "", 1)).hasSize(names.size() + 1);
        } catch (StorageException unreadable) {
            assertThat(unreadable.kind()).isEqualTo(ErrorKind.INTERNAL);
        }
    }
}
