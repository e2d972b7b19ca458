-- How much a store may hold, how much it holds, and who counts it. The counters are raised by what jobs bring; a scan counts anew.

ALTER TABLE provider_storage ADD COLUMN quota JSONB;
ALTER TABLE provider_storage ADD COLUMN statistics_as_of TIMESTAMPTZ;

COMMENT ON COLUMN provider_storage.quota IS 'How much the store may hold; NULL if nobody says';
COMMENT ON COLUMN provider_storage.statistics_as_of IS 'When the counters last changed: by the end of a job, or by a scan';

-- Apart from provider_storage, so that a scan locks nothing that a claim waits for while it counts; whoever locks both rows takes that of
-- provider_storage first. There is no row before the first scan.
CREATE TABLE provider_scans (
    provider_id        BIGINT      PRIMARY KEY REFERENCES provider_storage (id) ON DELETE CASCADE,
    epoch              BIGINT      NOT NULL DEFAULT 0,
    lease_until        TIMESTAMPTZ,
    next_scan          TIMESTAMPTZ,
    started_at         TIMESTAMPTZ,
    ended_at           TIMESTAMPTZ,
    outcome            VARCHAR(20) CHECK (outcome IN ('counted', 'failed', 'dropped')),
    hint               TEXT        NOT NULL DEFAULT '',
    seen_documents     BIGINT      NOT NULL DEFAULT 0,
    seen_bytes         BIGINT      NOT NULL DEFAULT 0,
    seen_others        BIGINT      NOT NULL DEFAULT 0,
    disturbed          BOOLEAN     NOT NULL DEFAULT FALSE,
    released_documents BIGINT      NOT NULL DEFAULT 0,
    released_bytes     BIGINT      NOT NULL DEFAULT 0,
    counted_at         TIMESTAMPTZ,
    exact              BOOLEAN,
    distribution       JSONB       NOT NULL DEFAULT '[]'
);

COMMENT ON COLUMN provider_scans.epoch IS 'Rises with every scan that begins; what an older one brings is dropped';
COMMENT ON COLUMN provider_scans.disturbed IS 'A job that may have changed the store ended since the scan began';
COMMENT ON COLUMN provider_scans.released_documents IS 'What such jobs added; bytes likewise';
COMMENT ON COLUMN provider_scans.exact IS 'Whether no job wrote while the documents were counted the last time';
