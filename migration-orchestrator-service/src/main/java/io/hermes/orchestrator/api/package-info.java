/** The REST resources. They parse, call {@code job} or {@code view}, and word the answer; nothing is decided here. */
package io.hermes.orchestrator.api;
