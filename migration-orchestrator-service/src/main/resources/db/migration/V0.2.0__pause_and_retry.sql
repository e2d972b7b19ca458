-- Pause, resume and retry.

ALTER TABLE migration_jobs ADD COLUMN paused_at TIMESTAMPTZ;

COMMENT ON COLUMN migration_jobs.paused_at IS 'When the job was last paused; means something while it is';

-- Ended jobs whose claims are to be given back: few, however many jobs there are.
CREATE INDEX idx_migration_jobs_claims ON migration_jobs (id) WHERE claims_released_at IS NULL AND completed_at IS NOT NULL;
