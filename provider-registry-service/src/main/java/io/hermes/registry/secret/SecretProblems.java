package io.hermes.registry.secret;

import io.hermes.edge.problem.ApiProblem;

/** Why a secret cannot be kept or had, in the words of the API. Never the secret, nor what a foreign server said about it. */
final class SecretProblems {

    private static final String RETRY_SECONDS = "10";

    private SecretProblems() {}

    static ApiProblem noKey() {
        return ApiProblem.of(
                503,
                "SECRETS_KEY_MISSING",
                "Secrets cannot be stored",
                "The registry has no key to seal secrets under. Set HERMES_SECRETS_KEY_FILE to a file with a key (openssl rand -base64 32), or send a reference such as {\"ref\": \"env:HERMES_SECRET_NAME\"}.");
    }

    static ApiProblem unreadable(String field, String reason) {
        return ApiProblem.of(
                        503,
                        Secrets.UNAVAILABLE,
                        "A secret cannot be read",
                        "The secret '" + field + "' cannot be read: " + reason + ".")
                .with("field", "config." + field)
                .withHeader("Retry-After", RETRY_SECONDS);
    }
}
