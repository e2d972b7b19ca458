package io.hermes.worker.copy;

import io.hermes.contract.task.TaskRef;
import io.hermes.storage.ContentHash;
import io.hermes.storage.DocumentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The key of a document that is kept beside a stranger's: derived from the item, so that a redelivery finds the same. */
final class KeyBeside {

    private static final int DIGITS = 8;

    private KeyBeside() {}

    /** {@code a/name.ext} becomes {@code a/name~1a2b3c4d.ext}. */
    static DocumentKey of(DocumentKey taken, TaskRef ref) {
        String value = taken.value();
        int nameAt = value.length() - taken.name().length();
        int dot = value.lastIndexOf('.');
        int insertAt = dot > nameAt ? dot : value.length();
        return new DocumentKey(value.substring(0, insertAt) + "~" + digits(ref) + value.substring(insertAt));
    }

    private static String digits(TaskRef ref) {
        byte[] item = (ref.jobUuid() + "/" + ref.itemId()).getBytes(StandardCharsets.UTF_8);
        return ContentHash.of(ByteBuffer.wrap(item)).hex().substring(0, DIGITS);
    }
}
