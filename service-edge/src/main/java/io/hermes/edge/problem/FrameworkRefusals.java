package io.hermes.edge.problem;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Refusals that the problem extension leaves to Quarkus' own mappers (JSON of the wrong shape), or maps against a newer Quarkus than
 * ours (3.21.0 reads a field of the authentication challenge that 3.33 does not have, so that 401 became 500).
 */
class FrameworkRefusals {

    /** Before the extension's own mappers for the same exceptions. */
    static final int FIRST = 1;

    @ServerExceptionMapper(priority = FIRST)
    Response mismatched(MismatchedInputException refusal, UriInfo uri) {
        return answer(HttpProblem.valueOf(Response.Status.BAD_REQUEST), refusal, uri);
    }

    @ServerExceptionMapper(priority = FIRST)
    Response unauthenticated(AuthenticationFailedException refusal, UriInfo uri) {
        return challenge(refusal, uri);
    }

    @ServerExceptionMapper(priority = FIRST)
    Response anonymous(UnauthorizedException refusal, UriInfo uri) {
        return challenge(refusal, uri);
    }

    private static Response challenge(Throwable refusal, UriInfo uri) {
        HttpProblem problem = HttpProblem.builder()
                .withStatus(Response.Status.UNAUTHORIZED)
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
        return answer(problem, refusal, uri);
    }

    static Response answer(HttpProblem problem, Throwable refusal, UriInfo uri) {
        return ExceptionMapperBase.postProcessorsRegistry
                .applyPostProcessing(problem, ProblemContext.of(refusal, uri))
                .toResponse();
    }
}
