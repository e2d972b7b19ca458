package io.hermes.cli.conversion;

import io.hermes.cli.hcl.Body.Attribute;
import io.hermes.cli.hcl.Body.Block;
import io.hermes.cli.hcl.Value;
import java.util.Map;

/** The {@code migration} block, which has no place in a file of providers: every setting with what does the same, if anything does. */
final class MigrationBlock {

    private static final String UNKNOWN = "is no setting of the specification, and left out";
    private static final String NOTHING_POLLS = "is not needed: tasks are sent as soon as they are due";
    private static final String NO_ROUTER =
            "has no equivalent: a job names its source and its destination, and nothing chooses among stores";

    private static final Map<String, String> SETTINGS = Map.of(
            "enabled", "is not needed: a job runs when it is started",
            "poll_interval", NOTHING_POLLS,
            "max_concurrency", "is not imported: HERMES_WORKER_SLOTS of each worker, and --concurrency of a job",
            "write_strategy", NO_ROUTER,
            "read_strategy", NO_ROUTER);

    private static final Map<String, String> DEFAULTS = Map.of(
            "concurrency", "is not imported: --concurrency of a job",
            "batch_size", "is not imported: --batch-size of a job",
            "validate_after", "is not imported: jobs are validated unless --no-validate is said",
            "rollback_enabled", "is not imported: jobs can be rolled back unless --no-rollback is said",
            "max_retries", "is not imported: --max-attempts of a job",
            "retry_delay_seconds", "is not imported: HERMES_MIGRATION_RETRY_BASE of the orchestrator");

    private static final Map<String, String> TASK_QUEUE = Map.of(
            "brokers", "is not imported: KAFKA_BOOTSTRAP_SERVERS of orchestrator and workers",
            "topic", "has no equivalent: topics have names of their own",
            "consumer_group", "has no equivalent: consumer groups have names of their own",
            "batch_size", "is not imported: HERMES_WORKER_WAITING_ROOM of each worker",
            "poll_interval", NOTHING_POLLS);

    private final Part part;

    private MigrationBlock(Part part) {
        this.part = part;
    }

    /** Names everything in it. */
    static void convert(Block block, Part around) {
        new MigrationBlock(around.within(block)).convert();
    }

    private void convert() {
        remark(part, SETTINGS);
        part.takeBlocks("defaults").forEach(defaults -> remarkAll(part.within(defaults), DEFAULTS));
        part.takeBlocks("task_queue").forEach(queue -> remarkAll(part.within(queue), TASK_QUEUE));
        part.takeBlocks("auto_migration").forEach(automatic -> {
            Part within = part.within(automatic);
            remark(within, Map.of("enabled", "is not imported: there are no rules to enable"));
            within.takeBlocks("rule").forEach(rule -> RuleBlock.convert(rule, within));
            within.remarkRest(UNKNOWN);
        });
        part.remarkRest(UNKNOWN);
    }

    private static void remarkAll(Part part, Map<String, String> sentences) {
        remark(part, sentences);
        part.remarkRest(UNKNOWN);
    }

    private static void remark(Part part, Map<String, String> sentences) {
        sentences.forEach((name, sentence) ->
                part.take(name).ifPresent(given -> part.remark(given, sentence + amount(given))));
    }

    /** Numbers only: a text may be the address of a broker with a password. */
    private static String amount(Attribute given) {
        return given.value() instanceof Value.Amount(var number) ? " (it is " + number.toPlainString() + ")" : "";
    }
}
