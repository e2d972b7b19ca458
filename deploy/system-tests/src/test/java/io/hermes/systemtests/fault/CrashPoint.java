package io.hermes.systemtests.fault;

import io.hermes.stack.server.Service.Kind;
import java.util.Locale;

/**
 * Where a process dies: names of today's code. {@code CrashPointTest} fails when one of them is no longer there, and {@link Crash}
 * when the line was never reached. A condition keeps the rule from what other jobs and idle hands do.
 *
 * <p>In a transaction all places before the commit are the same to the database; the ones named stand at the last statement but one.
 */
public enum CrashPoint {
    BEFORE_PAGE_COMMIT(Kind.ORCHESTRATOR, "io.hermes.orchestrator.plan.PlanningRows", "advance", 1),
    AFTER_PAGE_COMMIT(Kind.ORCHESTRATOR, "io.hermes.orchestrator.plan.Planner$Place", "moveOn", 1),
    BEFORE_DISPATCH_COMMIT(Kind.ORCHESTRATOR, "io.hermes.orchestrator.state.CounterChange", "dispatched", 4, "$1 > 0"),
    AFTER_DISPATCH_COMMIT(
            Kind.ORCHESTRATOR,
            "io.hermes.orchestrator.outbox.Relay",
            "signal",
            4,
            "callerMatches(\"Dispatcher.*\", true, 1, 4)"),
    BEFORE_RELAY_SEND(Kind.ORCHESTRATOR, "io.hermes.orchestrator.outbox.TaskChannel", "send", 12),
    BEFORE_RELAY_ACK(
            Kind.ORCHESTRATOR, Names.PRODUCER_BATCH, "complete(long,long)", 4, Names.of("hermes.migration-tasks")),
    AFTER_RELAY_ACK(Kind.ORCHESTRATOR, "io.hermes.orchestrator.outbox.RelayBatch", "settled", 4),
    AFTER_OUTBOX_DELETE(Kind.ORCHESTRATOR, "io.hermes.orchestrator.outbox.Relay", "failUnsendable", 4, "$1.size() > 0"),
    BEFORE_PROJECTION_COMMIT(
            Kind.ORCHESTRATOR, "io.hermes.orchestrator.project.Projection", "bookAndStop", 4, Names.BOOKED),
    AFTER_PROJECTION_COMMIT(
            Kind.ORCHESTRATOR,
            "io.hermes.orchestrator.state.WorkReady",
            "of(java.util.Collection)",
            4,
            "$1.size() > 0 && callerMatches(\"Projector.*\", true, 1, 2)"),
    BEFORE_FINAL_COMMIT(Kind.ORCHESTRATOR, "io.hermes.orchestrator.state.Accounts", "end", 1),
    BEFORE_CLAIM_RELEASE(Kind.ORCHESTRATOR, "io.hermes.orchestrator.job.ReleaseRound", "inTurn", 1, Names.THIS_JOB),
    BETWEEN_CLAIM_RELEASES(
            Kind.ORCHESTRATOR,
            "io.hermes.edge.registry.RegistryClient",
            "release",
            1,
            "incrementCounter(\"released by \" + $2) == 2"),
    AFTER_CLAIM_RELEASE(
            Kind.ORCHESTRATOR,
            "io.vertx.mutiny.sqlclient.Pool",
            "preparedQuery(java.lang.String)",
            1,
            "$1.contains(\"claims_released_at = coalesce\")"),
    BEFORE_EVENT_OFFSET_COMMIT(Kind.ORCHESTRATOR, Names.COORDINATOR, "sendOffsetCommitRequest", 3, "$1.size() > 0"),
    AFTER_EVENT_OFFSET_COMMIT(Kind.ORCHESTRATOR, Names.COMMIT_HANDLER, Names.HANDLE, 3),

    BEFORE_SOURCE_OPEN(Kind.WORKER, "io.hermes.worker.copy.SourceReading", "attempt", 12),
    AFTER_SOURCE_OPEN(Kind.WORKER, "io.hermes.worker.copy.SourceReading", "pin", 12),
    BEFORE_WRITE(Kind.WORKER, "io.hermes.worker.copy.Writing", "put", 12),
    AFTER_WRITE(Kind.WORKER, "io.hermes.worker.copy.Writing", "prove", 12),
    BEFORE_UPLOAD_COMPLETES(Kind.WORKER, "io.hermes.storage.s3.S3Parts", "complete", 1),
    AFTER_UPLOAD_COMPLETED(Kind.WORKER, "io.hermes.storage.s3.Uploads", "done", 1),
    BEFORE_FILE_SYNC(Kind.WORKER, Names.LOCAL_WRITE, "publish", 12),
    BEFORE_LINK(Kind.WORKER, Names.LOCAL_WRITE, "take", 12),
    AFTER_LINK(Kind.WORKER, Names.LOCAL_WRITE, "takeFreeName", "AFTER INVOKE link", 12, "true"),
    BEFORE_FOLDER_SYNC(Kind.WORKER, Names.LOCAL_WRITE, "take", "AT EXIT", 12, "true"),
    AFTER_FOLDER_SYNC(Kind.WORKER, Names.LOCAL_WRITE, "revision", 12),
    BEFORE_EVENT_SEND(Kind.WORKER, "io.hermes.worker.report.EventTopic", "send", 4, Names.AN_OUTCOME),
    BEFORE_EVENT_ACK(Kind.WORKER, Names.PRODUCER_BATCH, "complete(long,long)", 6, Names.of("hermes.migration-events")),
    AFTER_EVENT_ACK(Kind.WORKER, "io.hermes.worker.report.Reports", "acknowledged", 4, Names.AN_OUTCOME),
    AFTER_TASK_ACK(Kind.WORKER, Names.THROTTLED, "handle", "AT EXIT", 12, "true"),
    BEFORE_TASK_OFFSET_COMMIT(Kind.WORKER, Names.COORDINATOR, "sendOffsetCommitRequest", 3, "$1.size() > 0"),
    AFTER_TASK_OFFSET_COMMIT(Kind.WORKER, Names.COMMIT_HANDLER, Names.HANDLE, 3);

    /** Of a process that died here: no signal, and none of the services' own. */
    static final int EXIT_CODE = 86;

    private static final class Names {
        private static final String PRODUCER_BATCH = "org.apache.kafka.clients.producer.internals.ProducerBatch";
        private static final String COORDINATOR = "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator";
        private static final String COMMIT_HANDLER = COORDINATOR + "$OffsetCommitResponseHandler";
        private static final String HANDLE = "handle(org.apache.kafka.common.requests.OffsetCommitResponse,"
                + "org.apache.kafka.clients.consumer.internals.RequestFuture)";
        private static final String THROTTLED =
                "io.smallrye.reactive.messaging.kafka.commit.KafkaThrottledLatestProcessedCommit";
        private static final String LOCAL_WRITE = "io.hermes.storage.local.DocumentWrite";
        private static final String AN_OUTCOME = "$1.toString().contains(\"Succeeded\")";
        private static final String BOOKED = "$2.counters().size() > 0";
        private static final String THIS_JOB = "$1.toString().contains(\"JOB\")";

        private static String of(String topic) {
            return "$0.topicPartition.topic().equals(\"" + topic + "\")";
        }
    }

    private final Kind kind;
    private final String type;
    private final String method;
    private final String location;
    private final int latestHit;
    private final String condition;

    CrashPoint(Kind kind, String type, String method, int latestHit) {
        this(kind, type, method, latestHit, "true");
    }

    CrashPoint(Kind kind, String type, String method, int latestHit, String condition) {
        this(kind, type, method, "AT ENTRY", latestHit, condition);
    }

    CrashPoint(Kind kind, String type, String method, String location, int latestHit, String condition) {
        this.kind = kind;
        this.type = type;
        this.method = method;
        this.location = location;
        this.latestHit = latestHit;
        this.condition = condition;
    }

    /** Whose processes come here. */
    public Kind kind() {
        return kind;
    }

    /** The class whose code it is. */
    public String type() {
        return type;
    }

    /** Its method, with the types of its parameters where the name alone is not enough. */
    public String method() {
        return method;
    }

    /** So often a process comes here at least during a small job. */
    public int latestHit() {
        return latestHit;
    }

    /** Only a local destination has files and folders. */
    public boolean isOfFolders() {
        return type.equals(Names.LOCAL_WRITE);
    }

    /** As a part of names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rule that halts the process here.
     *
     * @param job its name
     * @param hit halts it when it comes here for this time
     */
    String killing(String job, int hit) {
        return rule(job, hit, "killJVM(" + EXIT_CODE + ")");
    }

    /** The rule that lets the process write {@link #passage} when it comes here for the first time. */
    String telling(String job) {
        return rule(job, 1, "traceln(\"" + passage(job) + "\")");
    }

    /** What a process says that has been here. */
    String passage(String job) {
        return "passed " + rule(job);
    }

    /** The name of its rules. */
    String rule(String job) {
        return label() + " of " + job;
    }

    private String rule(String job, int hit, String deed) {
        return """
                RULE %1$s
                CLASS %2$s
                METHOD %3$s
                %4$s
                IF %5$s && incrementCounter("%1$s") == %6$d
                DO %7$s
                ENDRULE
                """.formatted(rule(job), type, method, location, condition.replace("JOB", job), hit, deed);
    }
}
