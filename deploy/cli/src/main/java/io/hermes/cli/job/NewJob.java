package io.hermes.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.ExitCode;
import io.hermes.cli.session.Session;
import java.util.UUID;
import picocli.CommandLine.Option;

/**
 * Makes jobs. Each request carries a key, so that it can be sent again when its answer was lost: the job that it may have made is found,
 * and no second one is made.
 */
final class NewJob {

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "The same command with the same key makes no second job. Default: a new one each time.")
    private String key;

    JsonNode make(Session session, String path, ObjectNode body)
            throws ApiFailure, CommandFailure, InterruptedException {
        String sent = key == null ? UUID.randomUUID().toString() : key;
        try {
            return session.orchestrator().post(path, body, sent);
        } catch (ApiFailure.Unreachable lost) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    lost.getMessage()
                            + " Whether the job was made is not known; the same command with --idempotency-key " + sent
                            + " finds it, or makes it now.");
        }
    }
}
