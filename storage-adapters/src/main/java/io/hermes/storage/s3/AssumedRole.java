package io.hermes.storage.s3;

import io.hermes.storage.ErrorKind;
import io.hermes.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * The credentials of a role, which hold for a session, shared by all requests of one store. They are renewed while the present ones
 * still hold, by one request however many wait for them, and nobody's thread waits. The SDK's own provider does this with a blocking
 * client and threads.
 *
 * <p>A role that is denied is {@link ErrorKind#UNAUTHENTICATED}, whatever the answer looked like: the provider as a whole is affected
 * and somebody must act. A service that is not there is an outage like that of the store.
 */
final class AssumedRole implements IdentityProvider<AwsCredentialsIdentity> {

    private static final Logger LOG = Logger.getLogger(AssumedRole.class);

    /** So long before their end credentials are renewed. */
    private static final Duration DUE = Duration.ofMinutes(5);
    /** So long before their end they are not used any more: the request is still to travel, perhaps more than once. */
    private static final Duration STALE = Duration.ofMinutes(1);
    /** Between attempts to renew, as long as the present credentials hold. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final StsAsyncClient sts;
    private final IdentityProvider<? extends AwsCredentialsIdentity> caller;
    private final Role role;
    private final Clock clock;
    private Session session = new Session(null, Instant.MIN, Instant.MIN);
    /** The request that is on its way, if one is. */
    private CompletableFuture<Session> onItsWay;

    /** @param caller whose credentials ask for the role */
    AssumedRole(StsAsyncClient sts, IdentityProvider<? extends AwsCredentialsIdentity> caller, Role role, Clock clock) {
        this.sts = sts;
        this.caller = caller;
        this.role = role;
        this.clock = clock;
    }

    /**
     * One set of credentials.
     *
     * @param identity the credentials
     * @param due when to renew them
     * @param stale when to use them no more
     */
    private record Session(AwsSessionCredentialsIdentity identity, Instant due, Instant stale) {

        boolean holds(Instant now) {
            return now.isBefore(stale);
        }

        boolean isDue(Instant now) {
            return !now.isBefore(due) || !holds(now);
        }
    }

    @Override
    public Class<AwsCredentialsIdentity> identityType() {
        return AwsCredentialsIdentity.class;
    }

    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
        Instant now = clock.instant();
        CompletableFuture<Session> fresh;
        CompletableFuture<Session> toAsk = null;
        Session present;
        synchronized (this) {
            present = session;
            if (onItsWay == null && present.isDue(now)) {
                toAsk = new CompletableFuture<>();
                onItsWay = toAsk;
            }
            fresh = onItsWay;
        }
        if (toAsk != null) {
            ask(toAsk, now);
        }
        return present.holds(now)
                ? CompletableFuture.completedFuture(present.identity())
                : fresh.thenApply(Session::identity);
    }

    private void ask(CompletableFuture<Session> waiting, Instant now) {
        CompletableFuture<Session> unused = caller.resolveIdentity()
                .thenCompose(identity -> sts.assumeRole(CredentialsFirst.signedWith(identity, request())))
                .thenApply(answer -> sessionOf(answer, now))
                .whenComplete((renewed, failure) -> settle(waiting, renewed, failure));
    }

    private AssumeRoleRequest request() {
        return AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .roleSessionName(role.sessionName())
                .externalId(role.externalId().orElse(null))
                .durationSeconds((int) role.session().toSeconds())
                .build();
    }

    /** The end is told by the service's clock; should ours lag behind, it is where it would be without any clock. */
    private Session sessionOf(AssumeRoleResponse answer, Instant asked) {
        Credentials given = S3Bucket.answered(answer.credentials(), "credentials");
        Instant latest = asked.plus(role.session());
        Instant end = given.expiration() == null || given.expiration().isAfter(latest) ? latest : given.expiration();
        AwsSessionCredentialsIdentity identity = AwsSessionCredentialsIdentity.create(
                given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
        return new Session(identity, end.minus(DUE), end.minus(STALE));
    }

    private void settle(CompletableFuture<Session> waiting, Session renewed, Throwable failure) {
        Instant now = clock.instant();
        boolean holds;
        synchronized (this) {
            onItsWay = null;
            holds = session.holds(now);
            session = failure == null ? renewed : new Session(session.identity(), now.plus(PAUSE), session.stale());
        }
        if (failure == null) {
            waiting.complete(renewed);
            return;
        }
        StorageException told = told(failure);
        if (holds) {
            LOG.warnf("role=%s: not renewed, the present session holds meanwhile: %s", role.arn(), told.getMessage());
        }
        waiting.completeExceptionally(told);
    }

    private StorageException told(Throwable failure) {
        StorageException known = S3Errors.of("credentials", role.arn(), failure);
        ErrorKind kind = known.kind().outage() ? known.kind() : ErrorKind.UNAUTHENTICATED;
        String advice = kind == ErrorKind.UNAUTHENTICATED
                ? "; check role_arn, external_id, role_session_seconds and the role's trust policy"
                : "";
        return new StorageException(
                kind,
                "credentials",
                role.arn(),
                "the role could not be assumed: " + S3Errors.detail(known) + advice,
                known.retryAfter(),
                null);
    }
}
