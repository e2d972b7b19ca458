package io.hermes.storage.s3;

import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.Marker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Collects an object's user metadata, most important first, up to the 2 KB that S3 allows. What does not fit, or would not come back,
 * is named in {@link #loss}.
 */
final class UserMetadata {

    /** Room for the header that says where the rest is stays free. */
    private static final int MAX_BYTES = 2048 - KeptIn.MOST_BYTES;

    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");
    private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[ -~]*[!-~]");

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> loss = new ArrayList<>();
    private final String contentType;
    private int bytes;

    private UserMetadata(String contentType) {
        this.contentType = contentType;
    }

    /** A document's metadata and our marker, with the hash where it is known before the bytes are sent. */
    static UserMetadata of(
            DocumentMetadata from, Optional<Marker> marker, Optional<ContentHash> hash, String defaultContentType) {
        Optional<String> type =
                from.contentType().filter(value -> CONTENT_TYPE.matcher(value).matches());
        UserMetadata to = new UserMetadata(type.orElse(defaultContentType));
        if (from.contentType().isPresent() && type.isEmpty()) {
            to.loss.add("contentType");
        }
        to.put(S3Metadata.MARKER, "marker", marker.map(Marker::text));
        to.put(S3Metadata.HASH, "contentHash", hash.map(ContentHash::hex));
        to.put(S3Metadata.UUID_NAME, "uuid", from.uuid().map(Object::toString));
        to.put(S3Metadata.NAME, "name", from.name());
        to.put(S3Metadata.CREATED, "createdTime", from.createdTime().map(Object::toString));
        to.put(S3Metadata.MODIFIED, "modifiedTime", from.modifiedTime().map(Object::toString));
        to.put(S3Metadata.PROJECT, "project", from.project());
        to.put(S3Metadata.TYPE, "type", from.type());
        to.put(S3Metadata.OWNER, "owner", from.owner());
        to.put(S3Metadata.TEAM, "owningTeam", from.owningTeam());
        to.put(S3Metadata.SYNC_STATUS, "syncStatus", from.syncStatus());
        to.put(S3Metadata.WORKFLOW_STATUS, "workflowStatus", from.workflowStatus());
        to.putList(S3Metadata.TAGS, "tags", from.tags());
        to.putList(S3Metadata.CONTRIBUTORS, "contributors", from.contributors());
        to.putList(S3Metadata.PARENTS, "parents", from.parents());
        to.putExtended(from.extended());
        return to;
    }

    /** Names of what these headers cannot hold. */
    List<String> loss() {
        return loss;
    }

    /** These headers, with one that says where more is kept. */
    Attached attached(KeptIn keptIn, Map<String, String> tags, boolean unfinished, List<String> lost) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        keptIn.text().ifPresent(text -> all.put(KeptIn.HEADER, text));
        return new Attached(contentType, all, tags, keptIn, unfinished, lost);
    }

    private void put(String header, String name, Optional<String> value) {
        value.ifPresent(text -> add(header, name, HeaderText.encode(text)));
    }

    private void putList(String header, String name, List<String> items) {
        if (!items.isEmpty()) {
            add(header, name, HeaderText.encodeList(items));
        }
    }

    /** Others' names and values stay as they were wherever headers can hold them; the rest goes into one header of ours. */
    private void putExtended(Map<String, String> extended) {
        StringBuilder packed = new StringBuilder();
        new TreeMap<>(extended).forEach((name, value) -> {
            boolean plain = HEADER_NAME.matcher(name).matches()
                    && !name.startsWith(S3Metadata.OURS)
                    && HeaderText.isPlain(value);
            if (plain) {
                add(name, "extended." + name, value);
            } else {
                pack(packed, name, value);
            }
        });
        if (!packed.isEmpty()) {
            headers.put(S3Metadata.EXTENDED, packed.toString());
        }
    }

    private void pack(StringBuilder packed, String name, String value) {
        String pair = HeaderText.encode(name, "&=") + "=" + HeaderText.encode(value, "&=");
        int cost = packed.isEmpty() ? S3Metadata.EXTENDED.length() + pair.length() : 1 + pair.length();
        if (name.isEmpty() || bytes + cost > MAX_BYTES) {
            loss.add("extended." + name);
            return;
        }
        packed.append(packed.isEmpty() ? "" : "&").append(pair);
        bytes += cost;
    }

    private void add(String header, String name, String value) {
        int cost = header.length() + value.getBytes(StandardCharsets.UTF_8).length;
        // An empty header is dropped somewhere on the way by most servers.
        if (value.isEmpty() || bytes + cost > MAX_BYTES) {
            loss.add(name);
            return;
        }
        headers.put(header, value);
        bytes += cost;
    }
}
