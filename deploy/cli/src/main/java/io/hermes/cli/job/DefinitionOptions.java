package io.hermes.cli.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hermes.cli.api.ApiFailure;
import io.hermes.cli.session.CommandFailure;
import io.hermes.cli.session.Session;
import io.hermes.cli.session.Surroundings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a job shall be like. */
final class DefinitionOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--definition",
            paramLabel = "FILE|-",
            description = "The job as JSON, in the words of the API. The options below replace what it says.")
    private Path definition;

    @Option(names = "--name", paramLabel = "NAME", description = "What people call the job.")
    private String name;

    @Option(names = "--source", paramLabel = "PROVIDER", description = "Where the documents are: name, id or UUID.")
    private String source;

    @Option(names = "--dest", paramLabel = "PROVIDER", description = "Where they shall be.")
    private String dest;

    @Option(
            names = "--strategy",
            paramLabel = "WORD",
            completionCandidates = Words.Strategies.class,
            description = "${COMPLETION-CANDIDATES}. Default: copy.")
    private String strategy;

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final FilterOptions filter = new FilterOptions();

    @Option(
            names = "--conflict-policy",
            paramLabel = "WORD",
            completionCandidates = Words.ConflictPolicies.class,
            description = "What becomes of a taken key: ${COMPLETION-CANDIDATES}. Default: skip_identical.")
    private String conflictPolicy;

    @Option(
            names = "--verify",
            paramLabel = "WORD",
            completionCandidates = Words.Proofs.class,
            description = "How a copy is proven: ${COMPLETION-CANDIDATES}. Default: store_checked.")
    private String verify;

    @Option(names = "--validate", negatable = true, description = "Whether the job is validated. Default: yes.")
    private Boolean validate;

    @Option(names = "--concurrency", paramLabel = "N", description = "Documents transferred at once. Default: 32.")
    private Integer concurrency;

    @Option(
            names = "--dispatch-window",
            paramLabel = "N",
            description = "Documents handed out ahead. Default: follows from the concurrency.")
    private Integer dispatchWindow;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Documents planned or handed out in one transaction. Default: 100.")
    private Integer batchSize;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description = "Failures after which a document fails for good. Default: 3.")
    private Integer maxAttempts;

    @Option(
            names = "--max-failures",
            paramLabel = "N|N%",
            description =
                    "Failed documents after which the job is stopped: a number, or a share such as 2.5%%. Default: any"
                            + " number.")
    private String maxFailures;

    @Option(names = "--dry-run", description = "Changes nothing at the destination.")
    private Boolean dryRun;

    @Option(names = "--rollback", negatable = true, description = "Whether the job may be rolled back. Default: yes.")
    private Boolean rollback;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "For you and your tools. May be repeated.")
    private Map<String, String> labels;

    /** The body of a request: what the file says, with what the options say in its place. */
    ObjectNode json(Surroundings around) throws CommandFailure {
        ObjectNode body = definition == null ? JsonNodeFactory.instance.objectNode() : read(around);
        Given given = new Given(body);
        given.text("jobName", name);
        given.text("sourceProvider", source);
        given.text("destProvider", dest);
        given.text("strategy", strategy);
        selection.into(body, around);
        ObjectNode criteria = filter.json();
        if (!criteria.isEmpty()) {
            body.withObjectProperty("filterCriteria").setAll(criteria);
        }
        given.text("conflictPolicy", conflictPolicy);
        given.text("verify", verify);
        given.flag("validate", validate);
        given.number("concurrency", concurrency);
        given.number("dispatchWindow", dispatchWindow);
        given.number("batchSize", batchSize);
        given.number("maxAttempts", maxAttempts);
        given.numberOrText("maxFailures", maxFailures);
        given.flag("dryRun", dryRun);
        given.flag("rollbackEnabled", rollback);
        if (labels != null) {
            ObjectNode named = body.withObjectProperty("labels");
            labels.forEach(named::put);
        }
        return body;
    }

    /** Sends what a job needs besides its definition before it can be started. */
    void send(Session session, JsonNode made) throws ApiFailure, CommandFailure, InterruptedException {
        selection.send(session, made);
    }

    private ObjectNode read(Surroundings around) throws CommandFailure {
        try {
            JsonNode json = JSON.readTree(Lines.whole(definition, around));
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException notJson) {
            throw CommandFailure.usage(
                    definition + " is not JSON, line " + notJson.getLocation().getLineNr() + ".");
        }
        throw CommandFailure.usage(definition + " does not hold a JSON object.");
    }
}
