/**
 * The contract of the storage port as tests. Every adapter and every decorator passes all of it; a test selects itself from the store's
 * declared capabilities, so that a capability is either tested or not claimed.
 */
package io.hermes.storage.contract;
