package io.hermes.stack.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The file that describes a stack's providers. */
public final class ProvidersFile {

    private static final String NONE_YET = """
            # The providers of this stack. The registry takes up every change of this file within seconds.
            # ${NAME} stands for a variable of the registry's environment, ${file:/path} for what a file holds. For example:
            #
            # providers:
            # - providerName: s3-archive
            #   providerType: s3
            #   config:
            #     endpoint: ${S3_ENDPOINT}
            #     region: ${S3_REGION}
            #     bucket: hermes-archive
            #     access_key: ${S3_ACCESS_KEY}
            #     secret_key: ${S3_SECRET_KEY}
            providers: []
            """;

    private ProvidersFile() {}

    /** Makes a file without providers, unless there is one. */
    public static void begin(StackDirectory directory) throws IOException {
        if (!Files.exists(directory.providers())) {
            write(directory, NONE_YET);
        }
    }

    /** Puts a file in place of the one that is there. Only its owner may read it, since it may hold secrets. */
    public static void write(StackDirectory directory, String yaml) throws IOException {
        StackDirectory.writePrivately(directory.providers(), yaml.getBytes(StandardCharsets.UTF_8));
    }
}
