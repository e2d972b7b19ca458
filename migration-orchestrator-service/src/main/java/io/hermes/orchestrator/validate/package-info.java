/**
 * Looks at the destination when all documents of a job are through: whether what was copied stands there, and, for a comparison, what
 * stands there beside it. One replica owns the look by a lease with an epoch, as it owns the planning.
 */
package io.hermes.orchestrator.validate;
