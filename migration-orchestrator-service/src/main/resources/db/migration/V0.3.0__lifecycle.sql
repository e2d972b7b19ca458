-- What a user may say about a job beyond starting it: a limit of failures, documents by key or from another job's failures, a clone,
-- a request that may be sent twice, and a retry of any number of documents.

ALTER TABLE migration_jobs
    ADD COLUMN max_failures       VARCHAR(12) CHECK (max_failures ~ '^([0-9]{1,9}|(100|[0-9]{1,2}(\.[0-9]{1,2})?)%)$'),
    ADD COLUMN document_keys      TEXT[] COLLATE "C",
    ADD COLUMN selected_by        VARCHAR(20) NOT NULL DEFAULT 'criteria'
                                  CHECK (selected_by IN ('criteria', 'documentUuids', 'documentKeys', 'failedOf')),
    ADD COLUMN selected_documents INTEGER,
    ADD COLUMN failed_of          UUID,
    ADD COLUMN cloned_from        UUID,
    ADD CONSTRAINT one_selection CHECK (document_uuids IS NULL OR document_keys IS NULL);

COMMENT ON COLUMN migration_jobs.max_failures IS 'Failed documents that the job bears, as a number or a share such as 5%; more of them end it';
COMMENT ON COLUMN migration_jobs.document_keys IS 'Exactly these keys of the source; NULL selects otherwise';

-- A retry of many documents is made ready in batches; what has still to be made ready stands here, so that the job does not end before,
-- and whoever dies over it is replaced.
ALTER TABLE migration_job_progress
    ADD COLUMN retry_codes TEXT[],
    ADD COLUMN retry_after BIGINT NOT NULL DEFAULT 0;

COMMENT ON COLUMN migration_job_progress.retry_codes IS 'Error codes whose documents are being made ready again, * for all; NULL if none are';
COMMENT ON COLUMN migration_job_progress.retry_after IS 'Items up to this id have been made ready';

CREATE INDEX idx_migration_job_progress_retry ON migration_job_progress (job_id) WHERE retry_codes IS NOT NULL;

-- Idempotency-Key: which job a request of a user has made. Written with the job, or not at all.
CREATE TABLE migration_request_keys (
    created_by  TEXT        NOT NULL,
    request_key TEXT        NOT NULL,
    fingerprint BYTEA       NOT NULL,
    job_id      BIGINT      NOT NULL REFERENCES migration_jobs (id) ON DELETE CASCADE,
    expires_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (created_by, request_key)
);

CREATE INDEX idx_migration_request_keys_expiry ON migration_request_keys (expires_at);
CREATE INDEX idx_migration_request_keys_job ON migration_request_keys (job_id);
