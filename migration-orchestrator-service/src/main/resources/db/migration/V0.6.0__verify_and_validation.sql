-- Comparisons (strategy verify), and the look at the destination when all documents of a job are through (phase validating).

ALTER TABLE migration_items
    ADD COLUMN dest_size_bytes BIGINT,
    ADD COLUMN validation_pass INTEGER;

COMMENT ON COLUMN migration_items.dest_size_bytes IS 'Size of what a comparison found at the destination, NULL if it found nothing';
COMMENT ON COLUMN migration_items.validation_pass IS 'The last look at the destination that this item has had its turn in';

-- Which item stands for a document of the destination: asked for every page of a listing of it, about items that have ended.
CREATE INDEX idx_migration_items_dest ON migration_items (migration_job_id, key_hash(dest_provider_id))
    WHERE dest_provider_id IS NOT NULL AND completed_at IS NOT NULL;

-- While a job validates, the planning columns own the listing of its destination as they owned that of its source.
ALTER TABLE migration_job_progress
    ADD COLUMN validation_pass INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN validated       BIGINT  NOT NULL DEFAULT 0 CHECK (validated >= 0),
    ADD COLUMN invalid         BIGINT  NOT NULL DEFAULT 0 CHECK (invalid >= 0);

COMMENT ON COLUMN migration_job_progress.validation_pass IS 'Counts the looks at the destination; raised when one begins';
COMMENT ON COLUMN migration_job_progress.validated IS 'Completed items that this pass found as they were written';
COMMENT ON COLUMN migration_job_progress.invalid IS 'Completed items that it found otherwise, or not at all';
COMMENT ON COLUMN migration_jobs.validation_status IS 'NULL: the destination was not looked at, or not yet';
