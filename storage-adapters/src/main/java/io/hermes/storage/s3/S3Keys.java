package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.nio.charset.StandardCharsets;

/**
 * Translates between documents' keys and objects' keys: the provider's prefix and nothing more.
 *
 * @param prefix without slashes at its ends, empty for none
 * @param besideBytes bytes that an object beside a document's has in its key beyond the document's
 */
record S3Keys(String prefix, int besideBytes) {

    private static final int MAX_OBJECT_KEY_BYTES = 1024;

    /** Longest key that a document may have below this prefix. */
    int maxKeyBytes() {
        return MAX_OBJECT_KEY_BYTES - besideBytes - root().getBytes(StandardCharsets.UTF_8).length;
    }

    /** The object that holds this document; refuses names of our own and names that S3 cannot take. */
    String objectOf(String operation, DocumentKey key) {
        if (isOurs(key)) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID,
                    operation,
                    key.value(),
                    "names that begin with " + DocumentKey.RESERVED_PREFIX
                            + ", and names of manifests, are kept for the suite itself");
        }
        if (key.value().getBytes(StandardCharsets.UTF_8).length > maxKeyBytes()) {
            throw new StorageException(
                    ErrorKind.KEY_INVALID, operation, key.value(), "longer than " + maxKeyBytes() + " bytes");
        }
        return root() + key.value();
    }

    /** Whether an object of this name is ours and no document, under whatever settings it was written. */
    static boolean isOurs(DocumentKey key) {
        return key.isReserved() || ManifestName.isOne(key);
    }

    /** The document that this object holds. Only for objects below {@link #root}. */
    DocumentKey documentOf(String objectKey) {
        return new DocumentKey(relative(objectKey));
    }

    /** The object's key without the provider's prefix. */
    String relative(String objectKey) {
        return objectKey.substring(root().length());
    }

    /** What every object's key begins with: empty, or the prefix with its slash, so that {@code a} never matches {@code ab/}. */
    String root() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }

    /** What the keys of all objects below a folder begin with. */
    String below(String folder) {
        return folder.isEmpty() ? root() : root() + folder + "/";
    }
}
