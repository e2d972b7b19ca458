package io.hermes.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known about a document besides its bytes (the document model of RFC-084). Everything is optional except the collections,
 * which are empty rather than absent.
 *
 * @param uuid the identity that survives every move; absent rather than invented
 * @param name title or file name for people
 * @param contentType media type
 * @param createdTime when the document was created, by its author's store
 * @param modifiedTime when its content last changed
 * @param owner e-mail of the owner
 * @param owningTeam team of the owner
 * @param contributors e-mails
 * @param parents folders in the store it came from
 * @param project project id
 * @param type document type
 * @param tags labels
 * @param syncStatus {@code canonical}, {@code mirror}, {@code conflict} or {@code archived}
 * @param workflowStatus {@code Draft}, {@code In Review}, {@code Published}, …
 * @param contentHash hash of the content as the store knows it; a statement, not a proof
 * @param extended everything else, by name
 */
public record DocumentMetadata(
        Optional<UUID> uuid,
        Optional<String> name,
        Optional<String> contentType,
        Optional<Instant> createdTime,
        Optional<Instant> modifiedTime,
        Optional<String> owner,
        Optional<String> owningTeam,
        List<String> contributors,
        List<String> parents,
        Optional<String> project,
        Optional<String> type,
        List<String> tags,
        Optional<String> syncStatus,
        Optional<String> workflowStatus,
        Optional<ContentHash> contentHash,
        Map<String, String> extended) {

    /** Nothing is known. */
    public static final DocumentMetadata NONE = new Builder().build();

    public DocumentMetadata {
        contributors = List.copyOf(contributors);
        parents = List.copyOf(parents);
        tags = List.copyOf(tags);
        extended = Map.copyOf(extended);
    }

    /** A builder with these values. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Collects the parts; every setter takes {@code null} for absent. */
    public static final class Builder {
        private UUID uuid;
        private String name;
        private String contentType;
        private Instant createdTime;
        private Instant modifiedTime;
        private String owner;
        private String owningTeam;
        private List<String> contributors = List.of();
        private List<String> parents = List.of();
        private String project;
        private String type;
        private List<String> tags = List.of();
        private String syncStatus;
        private String workflowStatus;
        private ContentHash contentHash;
        private Map<String, String> extended = Map.of();

        public Builder() {}

        private Builder(DocumentMetadata from) {
            uuid = from.uuid.orElse(null);
            name = from.name.orElse(null);
            contentType = from.contentType.orElse(null);
            createdTime = from.createdTime.orElse(null);
            modifiedTime = from.modifiedTime.orElse(null);
            owner = from.owner.orElse(null);
            owningTeam = from.owningTeam.orElse(null);
            contributors = from.contributors;
            parents = from.parents;
            project = from.project.orElse(null);
            type = from.type.orElse(null);
            tags = from.tags;
            syncStatus = from.syncStatus.orElse(null);
            workflowStatus = from.workflowStatus.orElse(null);
            contentHash = from.contentHash.orElse(null);
            extended = from.extended;
        }

        public Builder uuid(UUID value) {
            uuid = value;
            return this;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder contentType(String value) {
            contentType = value;
            return this;
        }

        public Builder createdTime(Instant value) {
            createdTime = value;
            return this;
        }

        public Builder modifiedTime(Instant value) {
            modifiedTime = value;
            return this;
        }

        public Builder owner(String value) {
            owner = value;
            return this;
        }

        public Builder owningTeam(String value) {
            owningTeam = value;
            return this;
        }

        public Builder contributors(List<String> value) {
            contributors = value;
            return this;
        }

        public Builder parents(List<String> value) {
            parents = value;
            return this;
        }

        public Builder project(String value) {
            project = value;
            return this;
        }

        public Builder type(String value) {
            type = value;
            return this;
        }

        public Builder tags(List<String> value) {
            tags = value;
            return this;
        }

        public Builder syncStatus(String value) {
            syncStatus = value;
            return this;
        }

        public Builder workflowStatus(String value) {
            workflowStatus = value;
            return this;
        }

        public Builder contentHash(ContentHash value) {
            contentHash = value;
            return this;
        }

        public Builder extended(Map<String, String> value) {
            extended = value;
            return this;
        }

        public DocumentMetadata build() {
            return new DocumentMetadata(
                    Optional.ofNullable(uuid),
                    Optional.ofNullable(name),
                    Optional.ofNullable(contentType),
                    Optional.ofNullable(createdTime),
                    Optional.ofNullable(modifiedTime),
                    Optional.ofNullable(owner),
                    Optional.ofNullable(owningTeam),
                    contributors,
                    parents,
                    Optional.ofNullable(project),
                    Optional.ofNullable(type),
                    tags,
                    Optional.ofNullable(syncStatus),
                    Optional.ofNullable(workflowStatus),
                    Optional.ofNullable(contentHash),
                    extended);
        }
    }
}
