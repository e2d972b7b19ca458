package io.hermes.registry.audit;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Records every call of a known caller that should have changed something and was refused or failed. Who has no token that we know is in
 * the log only: anybody could fill the table.
 */
@ApplicationScoped
class RefusedCalls {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final int FIRST_REFUSAL = 400;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST = 200;

    private final Audit audit;
    private final CurrentIdentityAssociation caller;

    RefusedCalls(Audit audit, CurrentIdentityAssociation caller) {
        this.audit = audit;
        this.caller = caller;
    }

    @ServerResponseFilter
    Uni<Void> record(ContainerRequestContext request, ContainerResponseContext response, ResourceInfo resource) {
        if (response.getStatus() < FIRST_REFUSAL
                || READING.contains(request.getMethod())
                || resource.getResourceMethod() == null) {
            return Uni.createFrom().voidItem();
        }
        Refusal refusal = new Refusal(action(resource), target(request), response.getStatus(), code(response));
        return caller.getDeferredIdentity()
                .map(identity -> !identity.isAnonymous())
                .onFailure()
                .recoverWithItem(false)
                .chain(known ->
                        known ? record(refusal, response) : Uni.createFrom().voidItem());
    }

    private Uni<Void> record(Refusal refusal, ContainerResponseContext response) {
        return audit.refused(refusal)
                .onFailure(HttpProblem.class)
                .recoverWithUni(unrecorded -> answer((HttpProblem) unrecorded, response));
    }

    /** Whoever is told of an error of ours already needs no other one; most likely it has the same cause. */
    private static Uni<Void> answer(HttpProblem unrecorded, ContainerResponseContext response) {
        if (response.getStatus() < SERVER_ERROR) {
            response.setStatus(unrecorded.getStatusCode());
            response.setEntity(unrecorded);
        }
        return Uni.createFrom().voidItem();
    }

    /** {@code ProviderRoutes.patch} is {@code provider.patch}. */
    private static String action(ResourceInfo resource) {
        String type = resource.getResourceClass().getSimpleName().replaceFirst("Routes?$", "");
        return type.toLowerCase(Locale.ROOT) + "."
                + resource.getResourceMethod().getName();
    }

    private static String target(ContainerRequestContext request) {
        return request.getUriInfo().getPathParameters().values().stream()
                .flatMap(List::stream)
                .findFirst()
                .map(named -> named.replace('\0', ' '))
                .map(named -> named.substring(0, Math.min(LONGEST, named.length())))
                .orElse(null);
    }

    private static String code(ContainerResponseContext response) {
        return response.getEntity() instanceof HttpProblem problem
                ? String.valueOf(problem.getParameters().get("code"))
                : null;
    }
}
