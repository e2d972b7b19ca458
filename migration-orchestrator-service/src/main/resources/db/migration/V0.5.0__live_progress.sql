-- What moves between two outcomes: how far workers have read into the documents in their hands, and how quick they are.

ALTER TABLE migration_workers
    ADD COLUMN bytes_in_flight      BIGINT           NOT NULL DEFAULT 0,
    ADD COLUMN documents_per_second DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN bytes_per_second     DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN version              VARCHAR(64);

-- One row a worker and job that it reads for, written with its heartbeat and forgotten with the worker. Which of these documents are still
-- under way is asked of the items when it is read: so nothing has to be taken back here when a document ends, is lost or is dispatched anew.
CREATE TABLE migration_worker_readings (
    worker_id        TEXT             NOT NULL REFERENCES migration_workers (worker_id) ON DELETE CASCADE,
    job_id           BIGINT           NOT NULL,
    item_ids         BIGINT[]         NOT NULL,
    epochs           INTEGER[]        NOT NULL,
    item_bytes       BIGINT[]         NOT NULL,
    bytes            BIGINT           NOT NULL,
    bytes_per_second DOUBLE PRECISION NOT NULL DEFAULT 0,
    moved_at         TIMESTAMPTZ      NOT NULL DEFAULT now(),
    seen_at          TIMESTAMPTZ      NOT NULL DEFAULT now(),
    PRIMARY KEY (job_id, worker_id)
) WITH (fillfactor = 50);

CREATE INDEX idx_migration_worker_readings_worker ON migration_worker_readings (worker_id);

COMMENT ON TABLE migration_worker_readings IS 'Bytes read so far of documents in flight, by worker and job';
COMMENT ON COLUMN migration_worker_readings.moved_at IS 'When a heartbeat last told other figures than the one before';
