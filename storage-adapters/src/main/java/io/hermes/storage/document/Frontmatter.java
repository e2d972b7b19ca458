package io.hermes.storage.document;

import io.hermes.storage.DocumentMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * YAML at the head of a document, between a first line {@code ---} and the next line {@code ---} or {@code ...}.
 *
 * <p>A document is bytes that somebody else wrote, so nothing here can fail: what is no frontmatter, not closed within
 * {@link #MAX_BYTES}, no YAML, no mapping, or YAML with duplicate keys, tags, repeated collections or deep nesting yields
 * {@link DocumentMetadata#NONE}. Scalars stay the text that stands there: {@code 007} is no number and {@code no} is no boolean.
 */
public final class Frontmatter {

    /** The frontmatter ends within this many bytes, or it is none. As much of a document's head is worth handing over. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_DEPTH = 8;

    private Frontmatter() {}

    /**
     * Reads the metadata at the head of a document.
     *
     * @param head the first bytes of the document, whole or up to {@link #MAX_BYTES}; the buffer's position stays
     */
    public static DocumentMetadata read(ByteBuffer head) {
        return FrontmatterBlock.find(head)
                .map(block -> StandardCharsets.UTF_8.decode(block).toString())
                .flatMap(Frontmatter::parse)
                .map(FrontmatterFields::toMetadata)
                .orElse(DocumentMetadata.NONE);
    }

    private static Optional<Map<?, ?>> parse(String yaml) {
        try {
            return newYaml().load(yaml) instanceof Map<?, ?> map ? Optional.of(map) : Optional.empty();
        } catch (RuntimeException broken) {
            // Not only YAMLException: SnakeYAML lets the number and date formats of explicit tags through.
            return Optional.empty();
        }
    }

    private static Yaml newYaml() {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        limits.setAllowRecursiveKeys(false);
        limits.setMaxAliasesForCollections(0);
        limits.setNestingDepthLimit(MAX_DEPTH);
        limits.setCodePointLimit(MAX_BYTES);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(limits), new Representer(unused), unused, limits, new TextOnly());
    }

    /** Resolves no plain scalar to anything but text. */
    private static final class TextOnly extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            // None: see the class comment.
        }
    }
}
