package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a manifest is called: {@code <key>.<seal>.metadata.json}, where the seal is derived from the document's name. So a listing tells
 * by the name alone, without a request for each object, what is ours; and nobody's {@code report.md.metadata.json} is ever in its way.
 * The folder takes no part in the seal: what other tools copy or move together stays together.
 */
final class ManifestName {

    private static final int SEAL = 12;
    private static final Pattern FORM =
            Pattern.compile("(.+)\\.([0-9a-f]{" + SEAL + "})\\.metadata\\.json", Pattern.DOTALL);

    /** Bytes that a manifest's name is longer than its document's. */
    static final int LONGER = suffix("").length();

    private ManifestName() {}

    /** What is put behind a document's name to make its manifest's. */
    static String suffix(String name) {
        return "." + seal(name) + ".metadata.json";
    }

    /** Whether a document of this name would be taken for a manifest. */
    static boolean isOne(DocumentKey key) {
        Matcher form = FORM.matcher(key.name());
        return form.matches() && form.group(2).equals(seal(form.group(1)));
    }

    private static String seal(String name) {
        byte[] salted = ("hermes manifest of " + name).getBytes(StandardCharsets.UTF_8);
        return ContentHash.of(ByteBuffer.wrap(salted)).hex().substring(0, SEAL);
    }
}
