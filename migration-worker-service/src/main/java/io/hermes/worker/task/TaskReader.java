package io.hermes.worker.task;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.hermes.contract.task.CompareTask;
import io.hermes.contract.task.CopyTask;
import io.hermes.contract.task.MigrationTask;
import io.hermes.contract.task.ReleaseTask;
import io.hermes.contract.task.SourceDocument;
import jakarta.inject.Singleton;
import java.io.IOException;

/**
 * Reads task records. Tolerant to fields it does not know, since a newer orchestrator may run beside an older worker; strict about
 * everything it needs, since a half-understood task must not move documents.
 */
@Singleton
final class TaskReader {

    private final ObjectReader trees;
    private final ObjectReader tasks;

    TaskReader(ObjectMapper json) {
        this.trees = json.reader();
        this.tasks = json.readerFor(MigrationTask.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    TaskRecord read(byte[] value) {
        if (value == null) {
            return new TaskRecord.Unreadable("the record has no value");
        }
        try {
            return read(trees.readTree(value));
        } catch (IOException garbage) {
            return new TaskRecord.Unreadable("the record is not JSON");
        }
    }

    private TaskRecord read(JsonNode tree) {
        if (tree == null || !tree.isObject()) {
            return new TaskRecord.Unreadable("the record is not a JSON object");
        }
        if (!tree.path("version").isInt() || tree.path("version").asInt() != MigrationTask.VERSION) {
            return new TaskRecord.Unreadable("the record's version is not " + MigrationTask.VERSION);
        }
        try {
            return complete(tasks.readValue(tree));
        } catch (JacksonException wrong) {
            return new TaskRecord.Unreadable("the record is no task of a known kind");
        } catch (IOException impossible) {
            throw new IllegalStateException("a tree is read from memory", impossible);
        }
    }

    private static TaskRecord complete(MigrationTask task) {
        boolean whole = task != null
                && task.ref() != null
                && task.ref().jobUuid() != null
                && task.idempotentKey() != null
                && whole(task.source())
                && switch (task) {
                    case CopyTask copy -> whole(copy);
                    case CompareTask compare -> compare.destProviderUuid() != null;
                    case ReleaseTask release -> whole(release);
                };
        return whole ? new TaskRecord.Readable(task) : new TaskRecord.Unreadable("a required field is missing");
    }

    private static boolean whole(SourceDocument source) {
        return source != null && source.providerUuid() != null && source.key() != null;
    }

    private static boolean whole(CopyTask task) {
        return task.destProviderUuid() != null && task.conflictPolicy() != null && task.verify() != null;
    }

    private static boolean whole(ReleaseTask task) {
        return task.destination() != null
                && task.destination().providerUuid() != null
                && task.destination().key() != null
                && task.destination().revision() != null
                && task.destination().sha256() != null
                && task.source().revision() != null;
    }
}
