package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import java.util.Optional;

/**
 * Where a listing goes on: behind an object, or behind all that a folder holds. As a token it begins like no key that is a document's or
 * of any object beside one, so that no server's own token is taken for it.
 *
 * @param name the object's key; a folder's ends with a slash
 * @param folder whether it is a folder
 */
record Behind(String name, boolean folder) {

    private static final String OBJECT = DocumentKey.RESERVED_PREFIX + "behind/";
    private static final String FOLDER = DocumentKey.RESERVED_PREFIX + "behind-folder/";

    /** The last character there is, U+10FFFF. */
    private static final String LAST = "\uDBFF\uDFFF";

    static Behind object(String key) {
        return new Behind(key, false);
    }

    static Behind folder(String name) {
        return new Behind(name, true);
    }

    /** What a token of ours says; empty for a server's. */
    static Optional<Behind> of(String token) {
        if (token.startsWith(OBJECT)) {
            return Optional.of(object(token.substring(OBJECT.length())));
        }
        return token.startsWith(FOLDER) && token.endsWith("/")
                ? Optional.of(folder(token.substring(FOLDER.length())))
                : Optional.empty();
    }

    String token() {
        return (folder ? FOLDER : OBJECT) + name;
    }

    /**
     * The name behind which a server is asked to go on. Behind a folder's own name, some servers name the folder once more and some do
     * not; behind this, none does that sorts by bytes.
     */
    String startAfter() {
        return folder ? name + LAST : name;
    }
}
