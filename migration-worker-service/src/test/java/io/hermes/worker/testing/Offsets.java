package io.hermes.worker.testing;

import io.hermes.contract.topic.Topic;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What the workers' group has committed. */
public final class Offsets implements AutoCloseable {

    private final Admin admin;

    public Offsets(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Offset of the first record of the place's partition that is not committed; 0 if none is. */
    public long committed(Topics.Place place) {
        try {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(Topic.WORKER_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(Topic.TASKS.name(), place.partition()));
            return offset == null ? 0 : offset.offset();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
