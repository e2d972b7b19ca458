package io.hermes.worker.copy;

import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is known about a document, put together for its journey: the store's word first, then the document's own head. */
final class TravellingMetadata {

    private static final Map<String, String> CONTENT_TYPES = Map.ofEntries(
            Map.entry("md", "text/markdown"),
            Map.entry("markdown", "text/markdown"),
            Map.entry("txt", "text/plain"),
            Map.entry("html", "text/html"),
            Map.entry("csv", "text/csv"),
            Map.entry("json", "application/json"),
            Map.entry("yaml", "application/yaml"),
            Map.entry("yml", "application/yaml"),
            Map.entry("xml", "application/xml"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("zip", "application/zip"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private TravellingMetadata() {}

    /**
     * @param uuid the document's identity, which from now on travels with it
     * @return without a content hash: whoever writes knows better than the source what the bytes hash to
     */
    static DocumentMetadata of(DocumentStat stat, DocumentMetadata frontmatter, UUID uuid) {
        DocumentMetadata kept = stat.metadata();
        String name = stat.key().name();
        return new DocumentMetadata(
                Optional.of(uuid),
                kept.name().or(frontmatter::name).or(() -> Optional.of(name)),
                kept.contentType().or(frontmatter::contentType).or(() -> Optional.of(typeOf(name))),
                kept.createdTime().or(frontmatter::createdTime),
                kept.modifiedTime().or(frontmatter::modifiedTime).or(() -> Optional.ofNullable(stat.modified())),
                kept.owner().or(frontmatter::owner),
                kept.owningTeam().or(frontmatter::owningTeam),
                either(kept.contributors(), frontmatter.contributors()),
                either(kept.parents(), frontmatter.parents()),
                kept.project().or(frontmatter::project),
                kept.type().or(frontmatter::type),
                either(kept.tags(), frontmatter.tags()),
                kept.syncStatus().or(frontmatter::syncStatus),
                kept.workflowStatus().or(frontmatter::workflowStatus),
                Optional.empty(),
                merged(kept.extended(), frontmatter.extended()));
    }

    private static String typeOf(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return CONTENT_TYPES.getOrDefault(extension, UNKNOWN_TYPE);
    }

    private static List<String> either(List<String> first, List<String> second) {
        return first.isEmpty() ? second : first;
    }

    private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
        Map<String, String> all = new HashMap<>(second);
        all.putAll(first);
        return all;
    }
}
