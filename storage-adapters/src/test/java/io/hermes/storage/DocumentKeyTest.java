package io.hermes.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is no key, in any store: it would lead out of the root, or mean two things. */
class DocumentKeyTest {

    @Test
    void namesThatLeadAstrayAreNoKeys() {
        List<String> refused = List.of(
                "",
                ".",
                "..",
                "../../etc/passwd",
                "a/../../b",
                "/etc/passwd",
                "a/./b",
                "a//b",
                "a/",
                "/",
                "a\0b",
                "lone \ud83d surrogate",
                "\ude80");
        for (String value : refused) {
            StorageException failure = catchThrowableOfType(StorageException.class, () -> new DocumentKey(value));
            assertThat(failure).as("'%s'", value).isNotNull();
            assertThat(failure.kind()).isEqualTo(ErrorKind.KEY_INVALID);
        }
    }

    @Test
    void namesThatOnlyLookLikeItAreKeys() {
        List<String> kept =
                List.of("...", "..a", "a..", "~", "-rf", "C:\\x", "..\\..\\x", "%2e%2e%2f", "\ud83d\ude80", " ");
        for (String value : kept) {
            assertThat(new DocumentKey(value).value()).isEqualTo(value);
        }
    }
}
