-- Every document passes through the outbox once, so each index costs every document two writes, and its payload is read as it was written.
-- Two of four indexes go. The key of a task names its item: to be unique among the rows of the item is to be unique. Rows of a job are
-- looked for when it is cancelled or paused only, and the table holds what is on its way to the broker and no more.
CREATE UNIQUE INDEX idx_migration_outbox_key ON migration_outbox (migration_item_id, idempotent_key);
DROP INDEX idx_migration_outbox_item, idx_migration_outbox_job;
ALTER TABLE migration_outbox DROP CONSTRAINT migration_outbox_idempotent_key_key;
ALTER TABLE migration_outbox ALTER COLUMN payload TYPE JSON;
