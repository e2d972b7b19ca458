package io.hermes.orchestrator.validate;

/** How many of a job's migrated documents have had their turn, and how many were not as they were written. */
record Tally(long migrated, long validated, long invalid) {

    /** Documents that have not had their turn. */
    long outstanding() {
        return migrated - validated - invalid;
    }
}
