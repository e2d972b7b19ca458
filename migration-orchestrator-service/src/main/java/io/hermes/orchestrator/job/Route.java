package io.hermes.orchestrator.job;

import io.hermes.contract.provider.ResolvedProvider;

/** From where to where, as the registry described both when the job was created. */
record Route(ResolvedProvider source, ResolvedProvider destination) {}
