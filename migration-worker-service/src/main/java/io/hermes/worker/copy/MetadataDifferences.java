package io.hermes.worker.copy;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentMetadata;
import io.hermes.storage.DocumentStat;
import io.hermes.storage.Feature;
import io.hermes.storage.document.DocumentIdentity;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * By what the metadata of two documents with the same bytes differ: what a reader would learn on either side, from the store first, then
 * from the document's head. Where neither side states an identity or a time of change, there is none to compare; a destination that
 * cannot keep metadata has none either.
 */
final class MetadataDifferences {

    private static final Map<String, Function<DocumentMetadata, Object>> PARTS = parts();

    private MetadataDifferences() {}

    /** The names that differ, {@code extended.} in front of those that are not of the document model. */
    static List<String> of(Transfer transfer, PinnedSource source, Placement placement, DocumentStat found) {
        DocumentMetadata kept = found.metadata();
        boolean keepsSome =
                transfer.destination().capabilities().has(Feature.USER_METADATA) || !kept.equals(DocumentMetadata.NONE);
        if (!keepsSome) {
            return List.of();
        }
        DocumentMetadata head = source.frontmatter();
        UUID destination = transfer.task().destProviderUuid();
        DocumentMetadata there =
                TravellingMetadata.of(found, head, DocumentIdentity.of(destination, found.key(), kept, head));
        return between(
                placement.metadata(),
                there,
                unstated(head, source.stat().metadata(), source.stat().key(), kept, found.key()));
    }

    private static Set<String> unstated(
            DocumentMetadata head, DocumentMetadata here, DocumentKey from, DocumentMetadata there, DocumentKey to) {
        Set<String> unstated = new HashSet<>();
        boolean identified = Stream.of(here.uuid(), there.uuid(), head.uuid()).anyMatch(uuid -> uuid.isPresent())
                || Stream.of(from, to)
                        .anyMatch(key -> DocumentIdentity.inName(key).isPresent());
        if (!identified) {
            unstated.add("uuid");
        }
        if (Stream.of(here, there, head).allMatch(one -> one.modifiedTime().isEmpty())) {
            unstated.add("modifiedTime");
        }
        return unstated;
    }

    private static List<String> between(DocumentMetadata here, DocumentMetadata there, Set<String> unstated) {
        List<String> names = new ArrayList<>();
        PARTS.forEach((name, part) -> {
            if (!unstated.contains(name) && !part.apply(here).equals(part.apply(there))) {
                names.add(name);
            }
        });
        Set<String> extended = new TreeSet<>(here.extended().keySet());
        extended.addAll(there.extended().keySet());
        extended.removeIf(name -> String.valueOf(here.extended().get(name))
                .equals(String.valueOf(there.extended().get(name))));
        extended.forEach(name -> names.add("extended." + name));
        return names;
    }

    private static Map<String, Function<DocumentMetadata, Object>> parts() {
        Map<String, Function<DocumentMetadata, Object>> parts = new LinkedHashMap<>();
        parts.put("uuid", DocumentMetadata::uuid);
        parts.put("name", DocumentMetadata::name);
        parts.put("contentType", DocumentMetadata::contentType);
        parts.put("createdTime", one -> one.createdTime().map(time -> time.truncatedTo(ChronoUnit.MILLIS)));
        parts.put("modifiedTime", one -> one.modifiedTime().map(time -> time.truncatedTo(ChronoUnit.MILLIS)));
        parts.put("owner", DocumentMetadata::owner);
        parts.put("owningTeam", DocumentMetadata::owningTeam);
        parts.put("contributors", one -> new HashSet<>(one.contributors()));
        parts.put("parents", one -> new HashSet<>(one.parents()));
        parts.put("project", DocumentMetadata::project);
        parts.put("type", DocumentMetadata::type);
        parts.put("tags", one -> new HashSet<>(one.tags()));
        parts.put("syncStatus", DocumentMetadata::syncStatus);
        parts.put("workflowStatus", DocumentMetadata::workflowStatus);
        return parts;
    }
}
