package io.hermes.registry.audit;

/**
 * A call that changed nothing, as far as its caller was told.
 *
 * @param action the word of its route, such as {@code provider.patch}
 * @param target what its path names, or {@code null}
 * @param status the answer's status
 * @param code the problem's code, or {@code null}
 */
public record Refusal(String action, String target, int status, String code) {}
