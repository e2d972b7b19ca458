package io.hermes.worker.life;

import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * What Quarkus lets travel with every step of a chain: the request's scope, the transaction, the user. A worker has none of them, since
 * it serves nobody but the probes, and still each step of each document captured and restored all three.
 */
final class Contexts {

    private Contexts() {}

    /** Steps that are put together from now on are carried out as they are. To be called when Quarkus has set up everything. */
    static void travelNoFurther() {
        Infrastructure.clearInterceptors();
    }
}
