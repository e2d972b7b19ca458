-- What hermes.provider-events is still to be told. Written in the transaction of each change, deleted when the broker has it.

CREATE TABLE provider_outbox (
    id               BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    provider_uuid    UUID         NOT NULL,
    provider_name    VARCHAR(100) NOT NULL,
    provider_version BIGINT       NOT NULL,
    status           VARCHAR(20)  NOT NULL,
    deleted          BOOLEAN      NOT NULL,
    created_at       TIMESTAMPTZ  NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE provider_outbox IS 'Unsent changes; no foreign key, since what is deleted is told too';
COMMENT ON COLUMN provider_outbox.deleted IS 'Told by a tombstone, after which the topic forgets the provider';

CREATE INDEX idx_provider_outbox_provider ON provider_outbox (provider_uuid, id);
