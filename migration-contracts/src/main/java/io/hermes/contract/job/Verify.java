package io.hermes.contract.job;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the content of a copied document is proven (ARCHITECTURE §4). */
public enum Verify {
    /** The store, proven at registration to refuse wrong bytes, accepted the signed payload. Default of copy. */
    @JsonProperty("store_checked")
    STORE_CHECKED,

    /** The destination is read again and hashed. Default of move, and used wherever the store is not proven. */
    @JsonProperty("read_back")
    READ_BACK;

    /** The word used in JSON, in the database and in messages. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
