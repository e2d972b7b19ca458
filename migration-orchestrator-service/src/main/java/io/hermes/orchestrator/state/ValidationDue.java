package io.hermes.orchestrator.state;

/** An event within the process: the documents of this job have ended, and its destination is to be looked at. A lost one is made up for by a tick. */
public record ValidationDue(long jobId) {}
