package io.hermes.storage;

/** How far a probe goes. */
public enum ProbeDepth {
    /** One cheap request that shows the store is there and accepts the credentials. Never a scan. */
    REACH,
    /** Also tries preconditions, wrong bytes, versions, tags and metadata with small documents of its own. */
    CAPABILITIES
}
