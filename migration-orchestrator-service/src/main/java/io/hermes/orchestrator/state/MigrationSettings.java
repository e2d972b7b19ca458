package io.hermes.orchestrator.state;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an operator may turn in the engine of the orchestrator. */
@ConfigMapping(prefix = "hermes.migration")
public interface MigrationSettings {

    /** How long a started document may be silent before it is given to another worker. Workers renew it every few seconds. */
    @WithDefault("60s")
    Duration lease();

    /** How long a dispatched document may lie in the broker before somebody looks whether it is still there. */
    @WithDefault("10m")
    Duration queueLease();

    /** Lapsed leases after which a document fails with WORKER_LOST. */
    @WithDefault("10")
    int maxDeliveries();

    /** Time between two sweeps for lapsed leases, at least a second. */
    @WithDefault("30s")
    Duration sweepInterval();

    /** Time between two looks at the database for the gauges of the metrics, at least a second. */
    @WithDefault("10s")
    Duration gaugeInterval();

    /** How long a request that creates a job may be sent again under its Idempotency-Key and finds the job it made. */
    @WithDefault("24h")
    Duration idempotencyKeyRetention();

    /** Most documents of a list that is sent as a file to be the selection of a job. */
    @WithDefault("5000000")
    int mostListedDocuments();

    /** Settings of retries. */
    Retry retry();

    /** Settings of planning. */
    Planning planning();

    /** Settings of the look at the destination at a job's end. */
    Validation validation();

    /** Settings of dispatching. */
    Dispatch dispatch();

    /** Settings of the purge. */
    Purge purge();

    /** Settings of watching jobs live. */
    Events events();

    /** Where documents are written during a migration (RFC-089); {@code primary_only} is the one that exists. */
    @WithDefault("primary_only")
    String writeStrategy();

    /** Where documents are read during a migration (RFC-089); {@code primary_only} is the one that exists. */
    @WithDefault("primary_only")
    String readStrategy();

    /** When a failed attempt is repeated. */
    interface Retry {

        /** Wait before the first repetition; doubled with each further one, varied by a fifth. */
        @WithDefault("2s")
        Duration base();

        /** Longest wait. */
        @WithDefault("5m")
        Duration cap();
    }

    /** How sources are listed. */
    interface Planning {

        /**
         * How long a replica that plans a job, or looks at its destination, may be silent before another one goes on at its token. It is
         * renewed at every third of it.
         */
        @WithDefault("30s")
        Duration lease();

        /**
         * How long a step of either may take, a page of a listing with what has to be asked about its documents, before it counts as hung:
         * it is given up, and goes to another replica. A page may take two requests for each of a thousand documents, and a store with limits
         * one request in three seconds.
         */
        @WithDefault("2h")
        Duration longestStep();

        /** Wait after an outage of the source, varied by a fifth. */
        @WithDefault("5s")
        Duration retryAfter();

        /** Most entries of a page, 1 to 1,000. */
        @WithDefault("1000")
        int pageSize();

        /** Jobs that one replica plans at the same time. */
        @WithDefault("4")
        int parallel();
    }

    /** How the destination is looked at when all documents of a job are through. */
    interface Validation {

        /** Documents up to which each is looked at by itself; for more, the destination is listed. */
        @WithDefault("1000")
        long listAbove();
    }

    /** How long what is known about a job is kept. */
    interface Purge {

        /** Time after the end of a job at which it is deleted with its documents, attempts and timeline; 0 keeps jobs for ever. */
        @WithDefault("90d")
        Duration after();

        /** Time between two looks for such jobs. */
        @WithDefault("10m")
        Duration interval();
    }

    /** How much is handed to the workers at once. */
    interface Dispatch {

        /** Time a document needs through dispatch, broker, worker and back, from which the window is sized. */
        @WithDefault("2s")
        Duration loopTime();

        /** Largest window that is sized by itself, in documents. */
        @WithDefault("5000")
        int maxWindow();
    }

    /** How jobs are watched live. */
    interface Events {

        /** Time between two looks at a job that is watched; a listener is told no more often. */
        @WithDefault("500ms")
        Duration interval();

        /** Silence after which a listener gets a sign of life. */
        @WithDefault("15s")
        Duration heartbeat();

        /** Connections that one replica serves at once. */
        @WithDefault("500")
        int maxListeners();

        /** Connections to one job that one replica serves at once. */
        @WithDefault("100")
        int maxListenersPerJob();
    }
}
