package io.hermes.edge.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Locale;

/**
 * An answer that is an RFC 9457 problem: throw it, or fail a {@code Uni} with it, anywhere below a resource method.
 *
 * <p>The {@code code} is the contract and never changes its meaning; {@code detail} is one sentence for people and may change. Both
 * are shown to the caller, so neither may hold a secret. {@code instance} and {@code timestamp} are added on the way out.
 */
public final class ApiProblem extends HttpProblem {

    private static final long serialVersionUID = 1L;

    private ApiProblem(HttpProblem.Builder problem) {
        super(problem);
    }

    /**
     * A problem.
     *
     * @param status HTTP status
     * @param code upper case with underscores, such as {@code PROVIDER_NAME_TAKEN}; also gives the {@code type}
     * @param title the same for every occurrence of the code
     * @param detail what happened here and what to do about it
     */
    public static ApiProblem of(int status, String code, String title, String detail) {
        return new ApiProblem(HttpProblem.builder()
                .withType(typeOf(code))
                .withStatus(status)
                .withTitle(title)
                .withDetail(detail)
                .with("code", code));
    }

    /** A copy with one more member, such as {@code allowedActions}. */
    public ApiProblem with(String name, Object value) {
        return new ApiProblem(HttpProblem.builder(this).with(name, value));
    }

    /** A copy with a response header, such as {@code Retry-After}. */
    public ApiProblem withHeader(String name, String value) {
        return new ApiProblem(HttpProblem.builder(this).withHeader(name, value));
    }

    /** The stable word for programs. */
    public String code() {
        return String.valueOf(getParameters().get("code"));
    }

    /** {@code JOB_STATE_CONFLICT} is described at {@code /problems/job-state-conflict}. */
    static URI typeOf(String code) {
        return URI.create("/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** A problem is an answer, not a crash: nobody reads its stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
