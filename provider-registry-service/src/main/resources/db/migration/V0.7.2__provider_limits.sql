-- How fast a store may be used by all services together, and who has which share of that.

ALTER TABLE provider_storage ADD COLUMN limits JSONB;

COMMENT ON COLUMN provider_storage.limits IS 'Requests and bytes per second, and weekly windows; NULL if nothing is limited';

-- Whoever grants a share locks the row of provider_storage first, so that all shares of a provider are granted one after the other. The
-- rows of a provider are as many as processes use it; they change every few seconds, in place: no index but that of the key, and room.
CREATE TABLE provider_budgets (
    provider_id     BIGINT           NOT NULL REFERENCES provider_storage (id) ON DELETE CASCADE,
    holder          UUID             NOT NULL,
    needed_requests DOUBLE PRECISION NOT NULL,
    needed_bytes    DOUBLE PRECISION NOT NULL,
    requests        DOUBLE PRECISION,
    bytes           DOUBLE PRECISION,
    lease_until     TIMESTAMPTZ      NOT NULL,
    wanted_until    TIMESTAMPTZ      NOT NULL CHECK (wanted_until >= lease_until),
    PRIMARY KEY (provider_id, holder)
) WITH (fillfactor = 50);

COMMENT ON TABLE provider_budgets IS 'Shares of providers'' limits: what each process may do per second until its lease ends';
COMMENT ON COLUMN provider_budgets.requests IS 'Granted; NULL if they were not limited; bytes likewise';
COMMENT ON COLUMN provider_budgets.wanted_until IS 'Until when the holder is reckoned with, although its lease may have ended';
