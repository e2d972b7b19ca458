-- The destination is listed in the order of its keys, as the source was: see 0.8.0.
DROP INDEX idx_migration_items_dest;
CREATE INDEX idx_migration_items_dest ON migration_items (migration_job_id, key_entry(dest_provider_id))
    WHERE dest_provider_id IS NOT NULL AND completed_at IS NOT NULL;
