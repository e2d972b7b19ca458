package io.hermes.storage.s3;

import io.hermes.storage.DocumentKey;
import io.hermes.storage.DocumentStore;
import io.hermes.storage.StorageException;
import java.time.Duration;

/** Asks a store for a document with the bucket in the host's name, whatever the answer. Run by a fork. */
public final class VirtualHost {

    private VirtualHost() {}

    /** Arguments: endpoint, access key, secret key. */
    public static void main(String[] args) {
        S3StoreSettings settings = S3StoreSettings.at(args[0], "us-east-1", "documents", args[1], args[2])
                .with("path_style", "false")
                .with("retry_max_attempts", "1");
        try (S3StoreFactory factory = new S3StoreFactory();
                DocumentStore store = factory.open(settings.build())) {
            store.stat(new DocumentKey("a/b.md")).await().atMost(Duration.ofMinutes(1));
        } catch (StorageException answered) {
            System.out.println(answered.getMessage());
        }
    }
}
