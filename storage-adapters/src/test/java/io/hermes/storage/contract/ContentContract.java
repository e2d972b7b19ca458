package io.hermes.storage.contract;

import static io.hermes.storage.contract.Steps.await;
import static io.hermes.storage.contract.Steps.hashOf;
import static io.hermes.storage.contract.Steps.put;
import static io.hermes.storage.contract.Steps.read;
import static io.hermes.storage.contract.Steps.request;
import static io.hermes.storage.contract.Steps.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Feature;
import io.hermes.storage.Precondition;
import io.hermes.storage.WriteRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bytes are bytes: nothing is decoded, translated, unpacked or taken for something else because it looks like it. */
interface ContentContract extends StoreUnderTest {

    /** Two documents of one MD5 (Wang et al., 2004): a store that takes an ETag for the content loses one of them. */
    String TWIN = "d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f89"
            + "55ad340609f4b30283e488832571415a085125e8f7cdc99fd91dbdf280373c5b"
            + "d8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0"
            + "e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70";

    String OTHER_TWIN = "d131dd02c5e6eec4693d9a0698aff95c2fcab50712467eab4004583eb8fb7f89"
            + "55ad340609f4b30283e4888325f1415a085125e8f7cdc99fd91dbd7280373c5b"
            + "d8823e3156348f5bae6dacd436c919c6dd53e23487da03fd02396306d248cda0"
            + "e99f33420f577ee8ce54b67080280d1ec69821bcb6a8839396f965ab6ff72a70";

    private static Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("zeros", new byte[100_000]);
        contents.put("utf-8 mark", "\ufeff# title\r\nline\rline\n\u001a".getBytes(StandardCharsets.UTF_8));
        contents.put("utf-16", "\ufeff\u65e5\u672c \ud83d\ude80".getBytes(StandardCharsets.UTF_16LE));
        contents.put("invalid utf-8", HexFormat.of().parseHex("c328a0a1fffec080eda080"));
        contents.put("gzip", gzip("unpack me, and the size is another".repeat(100)));
        contents.put(
                "aws-chunked",
                "5;chunk-signature=00\r\nhello\r\n0;chunk-signature=00\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        contents.put(
                "xml",
                "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code></Error>".getBytes(StandardCharsets.US_ASCII));
        contents.put("page", "<html><script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII));
        contents.put("frontmatter", "---\nuuid: not-a-uuid\nname: [\n---\n".getBytes(StandardCharsets.US_ASCII));
        contents.put("twin", HexFormat.of().parseHex(TWIN));
        contents.put("other twin", HexFormat.of().parseHex(OTHER_TWIN));
        return contents;
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream pack = new GZIPOutputStream(packed)) {
            pack.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    @Test
    default void everyByteComesBack() {
        needs(Feature.WRITE);
        contents().forEach((name, bytes) -> {
            // When
            put(store(), "whole/" + name, bytes);
            await(store().write(request("stream/" + name, streamed(bytes), mildest())));

            // Then
            assertThat(read(store(), "whole/" + name)).as(name).isEqualTo(bytes);
            assertThat(read(store(), "stream/" + name)).as(name).isEqualTo(bytes);
        });
    }

    /** A media type says what the bytes are for, and does nothing to them. */
    @Test
    default void noMediaTypeChangesTheBytes() {
        needs(Feature.WRITE);
        for (String type :
                new String[] {"text/plain; charset=utf-16", "application/gzip", "text/html", "application/x-directory"
                }) {
            contents().forEach((name, bytes) -> {
                // When
                DocumentMetadata metadata =
                        new DocumentMetadata.Builder().contentType(type).build();
                await(store().write(new WriteRequest(
                        Steps.key("a"),
                        Steps.whole(bytes),
                        Optional.of(hashOf(bytes)),
                        metadata,
                        Optional.empty(),
                        Precondition.none())));

                // Then
                assertThat(read(store(), "a")).as("%s as %s", name, type).isEqualTo(bytes);
            });
        }
    }

    /** Neither the size nor the MD5 nor, within one tick of a clock, the time tells them apart. */
    @Test
    default void aTwinReplacesTheOther() {
        needs(Feature.WRITE);
        // Given
        put(store(), "a", contents().get("twin"));

        // When
        put(store(), "a", contents().get("other twin"));

        // Then
        assertThat(read(store(), "a")).isEqualTo(contents().get("other twin"));
    }
}
