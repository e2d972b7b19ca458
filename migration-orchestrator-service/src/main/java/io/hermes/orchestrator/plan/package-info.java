/** Lists the source, page by page, into items. One replica owns a job's planning by a lease with an epoch. */
package io.hermes.orchestrator.plan;
