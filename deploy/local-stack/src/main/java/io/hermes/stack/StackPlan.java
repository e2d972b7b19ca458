package io.hermes.stack;

import java.util.HashMap;
import java.util.Map;

/**
 * How many of each service a stack has, and what is set differently from a production start.
 *
 * @param registries replicas, at least 1; the other services speak to the first
 * @param orchestrators replicas, at least 1; the workers speak to the first
 * @param workers at least 1
 * @param environment variables for every service, such as {@code HERMES_MIGRATION_LEASE}; they win over those of whoever starts the
 *     stack, and lose against the addresses and secrets that the stack itself hands out
 * @param overrides variables for single services by their name in the stack, such as {@code worker-2}; they win over everything
 * @param records whether the JVMs of the services record what makes later starts cheap; there is one of each service then
 */
public record StackPlan(
        int registries,
        int orchestrators,
        int workers,
        Map<String, String> environment,
        Map<String, Map<String, String>> overrides,
        boolean records) {

    private static final int KINDS = 3;

    public StackPlan {
        if (registries < 1 || orchestrators < 1 || workers < 1) {
            throw new IllegalArgumentException("a stack needs a registry, an orchestrator and a worker");
        }
        if (records && registries + orchestrators + workers > KINDS) {
            throw new IllegalArgumentException("only one process of each service can be recorded");
        }
        environment = Map.copyOf(environment);
        overrides = Map.copyOf(overrides);
    }

    /** A stack that records nothing. */
    public StackPlan(
            int registries,
            int orchestrators,
            int workers,
            Map<String, String> environment,
            Map<String, Map<String, String>> overrides) {
        this(registries, orchestrators, workers, environment, overrides, false);
    }

    /** One registry, one orchestrator and so many workers. */
    public static StackPlan ofWorkers(int workers) {
        return new StackPlan(1, 1, workers, Map.of(), Map.of());
    }

    /** The same with more replicas of the registry. */
    public StackPlan withRegistries(int replicas) {
        return new StackPlan(replicas, orchestrators, workers, environment, overrides, records);
    }

    /** The same with more replicas of the orchestrator. */
    public StackPlan withOrchestrators(int replicas) {
        return new StackPlan(registries, replicas, workers, environment, overrides, records);
    }

    /** The same with this variable for every service. */
    public StackPlan with(String variable, String value) {
        Map<String, String> more = added(environment, variable, value);
        return new StackPlan(registries, orchestrators, workers, more, overrides, records);
    }

    /** The same with this variable for one process. */
    public StackPlan with(String service, String variable, String value) {
        Map<String, Map<String, String>> more = new HashMap<>(overrides);
        more.put(service, added(overridesOf(service), variable, value));
        return new StackPlan(registries, orchestrators, workers, environment, more, records);
    }

    /** The same, to be recorded. */
    public StackPlan recording() {
        return new StackPlan(registries, orchestrators, workers, environment, overrides, true);
    }

    Map<String, String> overridesOf(String service) {
        return overrides.getOrDefault(service, Map.of());
    }

    /** The environment of whoever starts the stack, with what the plan adds. */
    Map<String, String> over(Map<String, String> caller) {
        Map<String, String> all = new HashMap<>(caller);
        all.putAll(environment);
        return all;
    }

    private static Map<String, String> added(Map<String, String> before, String variable, String value) {
        Map<String, String> after = new HashMap<>(before);
        after.put(variable, value);
        return Map.copyOf(after);
    }
}
