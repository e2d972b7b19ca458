-- The ledger: failures by code.

-- What failed with which code: the groups with their samples, a list or a ledger of one code. Successes are not in it.
CREATE INDEX idx_migration_items_failed ON migration_items (migration_job_id, error_code, id) WHERE status = 'failed';

-- What happened to a job, in sentences. Written with what it tells of and never changed; few rows a job, none per document.
CREATE TABLE migration_timeline (
    id               BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_job_id BIGINT      NOT NULL,
    at               TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    kind             VARCHAR(40) NOT NULL,
    actor            TEXT,
    sentence         TEXT        NOT NULL,
    fields           JSONB       NOT NULL DEFAULT '{}'
);

CREATE INDEX idx_migration_timeline_job ON migration_timeline (migration_job_id, id);

CREATE FUNCTION timeline_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an entry of a timeline is never changed';
END $$;

CREATE TRIGGER timeline_is_append_only BEFORE UPDATE ON migration_timeline
    FOR EACH STATEMENT EXECUTE FUNCTION timeline_is_append_only();

-- Purge. A job that is being purged is gone for everybody else; what is left of it is removed in batches.
ALTER TABLE migration_jobs ADD COLUMN purging_at TIMESTAMPTZ;

COMMENT ON COLUMN migration_jobs.purging_at IS 'Since when what belongs to the job is being deleted; NULL for every job that one may see';

CREATE INDEX idx_migration_jobs_ended ON migration_jobs (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX idx_migration_jobs_purging ON migration_jobs (id) WHERE purging_at IS NOT NULL;

-- A file as the selection of a job. Its keys come in batches under a number of their own, and count once the job points at them: a file
-- that broke off, or was replaced by another, is never mistaken for the selection.
CREATE TABLE migration_document_lists (
    id               BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    migration_job_id BIGINT      NOT NULL,
    created_at       TIMESTAMPTZ NOT NULL DEFAULT now(),
    -- Never to become a selection any more; its keys are being deleted.
    dropped          BOOLEAN     NOT NULL DEFAULT FALSE
);

CREATE INDEX idx_migration_document_lists_job ON migration_document_lists (migration_job_id);

CREATE TABLE migration_listed_documents (
    list_id    BIGINT NOT NULL,
    position   BIGINT NOT NULL,
    source_key TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (list_id, position)
);

CREATE UNIQUE INDEX idx_migration_listed_documents_key ON migration_listed_documents (list_id, key_hash(source_key));

ALTER TABLE migration_jobs
    ADD COLUMN document_list BIGINT,
    DROP CONSTRAINT migration_jobs_selected_by_check,
    ADD CONSTRAINT migration_jobs_selected_by_check
        CHECK (selected_by IN ('criteria', 'documentUuids', 'documentKeys', 'failedOf', 'documentList'));

COMMENT ON COLUMN migration_jobs.document_list IS 'The list of a job that is selected by one; NULL until its file has come, and the job cannot start before';
