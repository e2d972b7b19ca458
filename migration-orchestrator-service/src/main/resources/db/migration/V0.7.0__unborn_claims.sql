-- Claims that are asked for at the registry before their job is written. A crash between the two would leave a provider that nobody can
-- delete, claimed by a job that never was.
CREATE TABLE migration_unborn_claims (
    job_uuid             UUID        PRIMARY KEY,
    source_provider_uuid UUID        NOT NULL,
    dest_provider_uuid   UUID        NOT NULL,
    abandoned            BOOLEAN     NOT NULL DEFAULT FALSE,
    noted_at             TIMESTAMPTZ NOT NULL DEFAULT now()
);

COMMENT ON TABLE migration_unborn_claims IS 'Jobs on their way: a row goes in the transaction that writes the job';
COMMENT ON COLUMN migration_unborn_claims.abandoned IS 'The claims are being given back: the job is not to be written any more';
