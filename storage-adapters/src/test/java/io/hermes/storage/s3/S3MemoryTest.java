package io.hermes.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hermes.storage.testing.ForkedJvm;
import io.hermes.storage.testing.S3Server;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** What a document weighs in memory does not depend on its size. */
class S3MemoryTest {

    /** The heap is exhausted. */
    private static final int OUT_OF_MEMORY = 3;

    /** What the client itself needs for so many connections. */
    private static final long CLIENT = 3 << 20;

    private static S3Server server;

    @BeforeAll
    static void start() {
        server = S3Server.start("documents");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** The second is the control: the first would see a body that is collected. */
    @Test
    void twoHundredMebibytesPassThroughOneHundredAndTwentyEightUnlessTheyAreCollected() {
        // When
        ForkedJvm.Outcome streamed = fork("streaming");
        ForkedJvm.Outcome collected = fork("collecting");

        // Then
        assertThat(streamed.output()).contains("moved " + 200L * (1 << 20) + " bytes");
        assertThat(streamed.exitCode()).isZero();
        assertThat(collected.output()).contains("collecting");
        assertThat(collected.exitCode()).isEqualTo(OUT_OF_MEMORY);
    }

    /** While the network takes nothing, what a write holds is what it declares. */
    @Test
    void aStreamedWriteHoldsWhatItDeclares() {
        ForkedJvm.Outcome outcome = writingToTheDeaf("streamed");
        assertThat(outcome.number("held"))
                .isGreaterThanOrEqualTo(outcome.number("taken"))
                .isLessThanOrEqualTo(outcome.number("declared"));
    }

    /** Neither more, which nobody would have reserved, nor less, which would be reserved for nothing. */
    @Test
    void aWriteInOneRequestHoldsTheCopiesThatItDeclares() {
        ForkedJvm.Outcome outcome = writingToTheDeaf("whole");
        long declared = outcome.number("declared");
        long tolerance = outcome.number("size") / 3;
        assertThat(outcome.number("held")).isBetween(declared - tolerance, declared + tolerance);
    }

    private static ForkedJvm.Outcome writingToTheDeaf(String how) {
        return new ForkedJvm(List.of("-Xmx256m", "-XX:+UseSerialGC"), Duration.ofMinutes(15))
                .run(
                        HeldMemory.class,
                        List.of(server.endpoint(), server.bucket(), server.accessKey(), server.secretKey(), how));
    }

    /** A reader that takes nothing more keeps all that was read ahead waiting; it has kept what it was given. */
    @Test
    void aStreamedReadHoldsWhatItDeclares() {
        try (S3AsyncClient bystander = server.client()) {
            bystander
                    .putObject(
                            put -> put.bucket(server.bucket()).key("to-be-held.bin"),
                            AsyncRequestBody.fromBytes(new byte[64 << 20]))
                    .join();
        }
        ForkedJvm.Outcome outcome = new ForkedJvm(List.of("-Xmx256m", "-XX:+UseSerialGC"), Duration.ofMinutes(15))
                .run(
                        HeldRanges.class,
                        List.of(
                                server.endpoint(),
                                server.bucket(),
                                server.accessKey(),
                                server.secretKey(),
                                "to-be-held.bin"));
        assertThat(outcome.number("held"))
                .isGreaterThan(outcome.number("taken"))
                .isLessThanOrEqualTo(outcome.number("taken") + outcome.number("declared") + CLIENT);
    }

    private static ForkedJvm.Outcome fork(String how) {
        return new ForkedJvm(List.of("-Xmx128m"), Duration.ofMinutes(15))
                .run(
                        HugeDocument.class,
                        List.of(
                                server.endpoint(),
                                server.bucket(),
                                server.accessKey(),
                                server.secretKey(),
                                "200",
                                how));
    }
}
