-- One replica at a time brings the file of providers into the table. The epoch fences one whose lease has ended meanwhile.

CREATE TABLE provider_file (
    singleton   BOOLEAN     PRIMARY KEY DEFAULT TRUE CHECK (singleton),
    epoch       BIGINT      NOT NULL DEFAULT 0,
    lease_until TIMESTAMPTZ
);

COMMENT ON TABLE provider_file IS 'One row: who may apply providers.yaml now';

ALTER TABLE provider_storage ADD COLUMN managed_source VARCHAR(500);

COMMENT ON COLUMN provider_storage.managed_source IS 'Where a provider is described if managed_by is config';

INSERT INTO provider_file DEFAULT VALUES;
