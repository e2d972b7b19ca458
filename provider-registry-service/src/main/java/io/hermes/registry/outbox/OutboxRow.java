package io.hermes.registry.outbox;

import io.hermes.contract.provider.ProviderChanged;

/**
 * One unsent change.
 *
 * @param id the row's number; of one provider, a later change has the greater one
 * @param event the change, as it stood when it was committed
 * @param deleted the provider is gone: told by a record without a value
 */
record OutboxRow(long id, ProviderChanged event, boolean deleted) {}
