package io.hermes.storage.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ServerTest {

    @ParameterizedTest
    @EnumSource
    void keepsObjectsAndRefusesStrangers(S3Server.Backend backend) {
        try (S3Server server = S3Server.start(backend, "documents");
                S3AsyncClient client = server.client();
                S3AsyncClient stranger = stranger(server)) {

            client.putObject(put -> put.bucket("documents").key("a"), AsyncRequestBody.fromString("x"))
                    .join();

            assertThat(client.headObject(head -> head.bucket("documents").key("a"))
                            .join()
                            .contentLength())
                    .isEqualTo(1);
            assertThatThrownBy(() -> stranger.listObjectsV2(list -> list.bucket("documents"))
                            .join())
                    .hasCauseInstanceOf(S3Exception.class);
        }
    }

    private static S3AsyncClient stranger(S3Server server) {
        return S3AsyncClient.builder()
                .endpointOverride(URI.create(server.endpoint()))
                .region(Region.of(server.region()))
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("stranger", "of-the-house")))
                .build();
    }
}
