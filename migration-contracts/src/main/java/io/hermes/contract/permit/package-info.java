/** The last check before a source document is deleted: {@code POST /internal/release-permits} at the orchestrator. */
package io.hermes.contract.permit;
