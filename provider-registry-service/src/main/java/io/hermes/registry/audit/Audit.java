package io.hermes.registry.audit;

import io.hermes.edge.problem.ApiProblem;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * What was changed by whom (issue 5, RELIABILITY I20). It fails closed: what cannot be recorded is not done, and answers 503 {@code
 * AUDIT_UNAVAILABLE}.
 */
@ApplicationScoped
public class Audit {

    private static final Logger LOG = Logger.getLogger(Audit.class);
    private static final String SYSTEM = "system";
    private static final int SERVER_ERROR = 500;

    private final AuditRows rows;
    private final CurrentIdentityAssociation caller;

    Audit(AuditRows rows, CurrentIdentityAssociation caller) {
        this.rows = rows;
        this.caller = caller;
    }

    /** Records, within the caller's transaction, what that transaction does: both are committed, or neither. */
    public Uni<Void> done(Deed deed) {
        return actor().chain(actor -> rows.add(row(actor, deed)))
                .replaceWithVoid()
                .onFailure()
                .transform(Audit::unavailable);
    }

    /** Records what is about to be done by many transactions. */
    public Uni<Void> begun(Deed deed) {
        return actor().chain(actor -> rows.addAlone(row(actor, deed)))
                .replaceWithVoid()
                .onFailure()
                .transform(Audit::unavailable);
    }

    /** Records a call that changed nothing. */
    public Uni<Void> refused(Refusal refusal) {
        return actor().chain(actor -> rows.addAlone(row(actor, refusal)))
                .replaceWithVoid()
                .onFailure()
                .transform(Audit::unavailable);
    }

    /** One page, newest first. */
    public Uni<AuditPage> list(AuditFilter filter) {
        return rows.page(filter).map(found -> AuditPage.of(found, filter.limit()));
    }

    private Uni<String> actor() {
        return Arc.container().requestContext().isActive()
                ? caller.getDeferredIdentity()
                        .map(identity -> identity.isAnonymous()
                                ? SYSTEM
                                : identity.getPrincipal().getName())
                : Uni.createFrom().item(SYSTEM);
    }

    private static AuditRow row(String actor, Deed deed) {
        AuditRow row = new AuditRow();
        row.actor = actor;
        row.action = deed.action();
        row.target = deed.target();
        row.targetName = deed.targetName();
        row.outcome = "done";
        row.stateBefore = deed.before();
        row.stateAfter = deed.after();
        return row;
    }

    private static AuditRow row(String actor, Refusal refusal) {
        AuditRow row = new AuditRow();
        row.actor = actor;
        row.action = refusal.action();
        row.target = refusal.target();
        row.outcome = refusal.status() < SERVER_ERROR ? "refused" : "failed";
        row.status = refusal.status();
        row.code = refusal.code();
        return row;
    }

    private static ApiProblem unavailable(Throwable failure) {
        LOG.errorf(failure, "the audit cannot be written, so nothing is changed");
        return ApiProblem.of(
                        503,
                        "AUDIT_UNAVAILABLE",
                        "The audit cannot be written",
                        "What cannot be recorded is not done; the service's log says why. Send the request again later.")
                .withHeader("Retry-After", "5");
    }
}
