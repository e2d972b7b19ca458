-- Changes of a store's health are told like changes of its provider.

ALTER TABLE provider_outbox ADD COLUMN health_status VARCHAR(20);

COMMENT ON COLUMN provider_outbox.health_status IS 'How the store is after the change; NULL if nobody has looked at it';
