package io.hermes.stack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.api.HermesApi;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The two stores of the demo, as a file of providers describes them. */
final class DemoProviders {

    static final String SOURCE = "local-primary";
    static final String DESTINATION = "s3-archive";

    private static final String FILE = "/api/v2/provider-file";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private DemoProviders() {}

    /** The source is not writable: the user's own folder is never touched. */
    static String yaml(Path source) {
        return """
                # The registry takes up every change of this file within seconds; ${…} is put in from its environment.
                providers:
                - providerName: %s
                  providerType: local
                  isPrimary: true
                  isWritable: false
                  config:
                    base_path: %s
                - providerName: %s
                  providerType: s3
                  config:
                    endpoint: ${S3_ENDPOINT}
                    region: ${S3_REGION}
                    bucket: %s
                    prefix: %s
                    access_key: ${S3_ACCESS_KEY}
                    secret_key: ${S3_SECRET_KEY}
                    path_template: '{path}'
                """.formatted(SOURCE, quoted(source.toString()), DESTINATION, MigrationJob.BUCKET, MigrationJob.PREFIX);
    }

    /** As JSON, which YAML understands, with nothing left in it to be put in. */
    private static String quoted(String text) {
        return TextNode.valueOf(text).toString().replace("${", "$${");
    }

    /** Waits until the registry is as the file says. */
    static void await(HermesApi registry) throws ApiFailure, InterruptedException, DemoFailure {
        Instant deadline = Instant.now().plus(LIMIT);
        JsonNode file = registry.get(FILE);
        while (!file.path("state").asText().equals("applied")) {
            if (file.path("state").asText().equals("refused") || Instant.now().isAfter(deadline)) {
                throw new DemoFailure("The registry does not take up the file of providers: " + file);
            }
            Thread.sleep(POLL.toMillis());
            file = registry.get(FILE);
        }
    }
}
