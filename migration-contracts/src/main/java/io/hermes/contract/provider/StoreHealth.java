package io.hermes.contract.provider;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a provider's store is, as far as the registry's looks at it have come to a judgement (SPEC §1.5). */
public enum StoreHealth {
    /** Nobody has looked at it yet. */
    @JsonProperty("unknown")
    UNKNOWN,

    /** Everything tried went well. */
    @JsonProperty("healthy")
    HEALTHY,

    /** It answers, but slowly or not to everything. */
    @JsonProperty("degraded")
    DEGRADED,

    /** It does not answer, or not to these credentials. */
    @JsonProperty("unhealthy")
    UNHEALTHY
}
