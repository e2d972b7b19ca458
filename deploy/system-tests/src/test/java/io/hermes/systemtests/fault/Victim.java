package io.hermes.systemtests.fault;

import io.hermes.stack.StackDescription;
import java.util.function.ToLongFunction;

/**
 * A process that can be killed.
 *
 * @param pid its process as the stack publishes it now; 0 between a death and the next start
 */
public record Victim(String name, ToLongFunction<StackDescription> pid) {

    public static final Victim REGISTRY = registry(1);
    public static final Victim POSTGRES =
            new Victim("postgres", stack -> stack.postgres().pid());
    public static final Victim BROKER =
            new Victim("kafka", stack -> stack.kafka().pid());
    public static final Victim S3 = new Victim("s3", stack -> stack.s3().pid());

    /** The first is number 1. */
    public static Victim registry(int number) {
        return new Victim(
                "registry-" + number,
                stack -> stack.registries().get(number - 1).pid());
    }

    /** The first is number 1. */
    public static Victim worker(int number) {
        return new Victim(
                "worker-" + number, stack -> stack.workers().get(number - 1).pid());
    }

    /** The first is number 1. */
    public static Victim orchestrator(int number) {
        return new Victim(
                "orchestrator-" + number,
                stack -> stack.orchestrators().get(number - 1).pid());
    }

    @Override
    public String toString() {
        return name;
    }
}
