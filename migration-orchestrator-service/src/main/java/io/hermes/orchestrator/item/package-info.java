/** The items of a job: every statement on {@code migration_items} and {@code migration_attempts}, and the item's status words. */
package io.hermes.orchestrator.item;
